"""The slots that wordings are made of, and how a wording becomes a pattern.

A wording is a regular expression over plain words in which `<name>` stands for a slot. Slots that
may be empty bring their own space: "<adv>hire" matches "hire" and "really hire".
"""

import re
from collections.abc import Iterable

_SLOTS = {
    # words that change the heat of a sentence, not its sense
    "adv": (
        r"(?:(?:really|so|very|just|truly|also|still|always|absolutely|honestly|only|even|badly"
        r"|now|definitely|desperately|sincerely|genuinely|actually|ever|totally|certainly|simply"
        r"|please|kindly|maybe|perhaps|possibly|somehow|probably|quite|deeply|dearly|much|be able"
        r" to|gladly|happily|urgently|seriously|at least|quickly|personally|directly|rather"
        r"|literally) ){0,4}"
    ),
    # "i", "i would", "i have always", "i am so"
    "i": (
        r"\bi (?:(?:would|will|do|am|have|had|was|can|could|must|might|shall|been|be|always|really"
        r"|so|very|truly|just|also|still|absolutely|honestly|only|even|dearly|badly|definitely"
        r"|desperately|sincerely|genuinely|actually|ever|since|totally|simply|certainly|super"
        r"|kind of|more than|for years|secretly|too|extremely|incredibly) ){0,5}"
    ),
    # what stands before a verb that asks or orders
    "asking": (
        r"(?:to|you|would|could|can|will|may|might|please|just|and|then|or|also|maybe|kindly|help"
        r"|let|get|be|being|now|so|not|hope|want|need|if|who|got|try|mind|for|by|of)"
    ),
    "det": (
        r"(?:(?:a|an|any|some|the|this|that|my|your|one|another|first|new|real|summer|paid|unpaid"
        r"|good|great|full-?time|part-?time|entry-?level|junior|student|graduate|permanent|decent"
        r"|open|free|current|future|upcoming|suitable|possible|potential|available|actual|little"
        r"|small|steady|kind of|sort of|type of|[\w-]+ing|[\w-]+[eo]r|\w+) ){0,4}?"
    ),
    "wanted": (
        r"(?:(?:a|an|any|the|this|that|some|summer|full-?time|part-?time|entry-?level|junior|paid"
        r"|open|[\w-]+ing|[\w-]+[eo]r) ){0,4}"
    ),
    "job": (
        r"(?:(?:jobs?|positions?|internships?|roles?|vacanc(?:y|ies)|openings?|employment"
        r"|traineeships?|apprenticeships?|co-?ops?|gigs?|placements?|trainee ?ships?)\b"
        r"(?! (?:titles?|descriptions?|market|posting|fair|satisfaction|security|search|hunting"
        r"|shadow\w*|model|play|ads?|boards?|centers?|talk)\b))"
    ),
    "house": (
        r"(?:company|companies|firm|team|organi[sz]ations?|department|studio|agency|hospital|group"
        r"|lab|laboratory|office|shop|startup|start-up|business|school|clinic|bank|institute"
        r"|foundation|practice|place|crew|staff|division|unit|employer|corporation|newsroom|museum"
        r"|charity|nonprofit|kitchen|restaurant|plant|workplace|programme|program|house|family"
        r"|publisher|ranks|enterprise|network|yard|farm|station|paper|label|hotel|store|gallery"
        r"|theater|theatre|library|union|garage|bakery|brewery|factory|warehouse|branch)"
    ),
    # the reader's house: "at your company", "with you", "at Tern", "there"
    "there": (
        r"(?:(?:for|with|at|in|under|alongside|beside|by|inside|on|within|near|next to)"
        r" (?:you\b(?! (?:on|at|this|next|to|about|for|in|around|by|over|when|sometime|if|and"
        r"|as)\b)|your (?!schedule|calendar|timetable|hours|availability|time\b|plans|busy"
        r"|questions?\b|advice|line of|field|area|industry|profession|kind of|sort of|shoes)"
        r"|(?:the|such|this|a|an) (?:\w+ ){0,3}?<house>(?: like (?:yours|this)| as yours)|such"
        r" (?:a |an )?(?:\w+ ){0,2}<house>)|at (?!(?:a|an|home|night|least|some|any|the|this|that"
        r"|all|once|school|one|two|noon|it|large|work|university|college|in|on|different|several"
        r"|both)\b|\d)\w+|at the (?!(?:intersection|moment|same|end|level|beginning|edge|weekend"
        r"|university|library|front|time|start|border|crossroads|fair|zoo|beach|age)\b)\w+|for"
        r" (?!(?:a|an|some|any|the|this|that|me|my|free|years|months|weeks|it|them|his|her|our"
        r"|one|two|three|its|almost|over|about|now|myself|good|their|nothing|money|in|people|pay"
        r"|change|class|anyone|living|children|less|him|us|nonprofits|companies)\b|\d)\w+"
        r"|(?<=work )there\b|(?<=working )there\b|(?<=job )there\b|(?<=be )there\b)"
    ),
    "longing": (
        r"(?:want|wants|wanted|wanting|wish|wished|hope|hoped|hoping|wishing|love|loved|like|long"
        r"|longed|longing|dream|dreams|dreamt|dreamed|dreaming|yearn|yearning|crave|aspire"
        r"|aspiring|aim|aiming|need|needed|intend|desire|dying|die|eager|keen|excited|thrilled"
        r"|honored|ready|happy|glad|delighted|proud|grateful|determined|desperate|itching|burning"
        r"|interested|passionate|looking forward|wait|over the moon|kill|hungry|meant|born"
        r"|destined)"
    ),
    "mid": (
        r"(?:(?:nothing|so|very|more|better|than|anything|much|badly|someday|one|day|is|was|for|a"
        r"|an|the|chance|opportunity|possibility|able|if|i|could|can|would|it|really|that|you"
        r"|years|most|else|in|world|to|of|about|forward|myself|get|have|my|heart|on|finally"
        r"|actually|when|eventually|graduate|after|graduation|directly|only|and|idea|since|ever"
        r"|getting|being|be|having|considered|start|do|me|whole|life|time|long|to just) ){0,9}"
    ),
    "employed": (
        r"(?:work(?:ing)?|employed|hired|intern(?:ing)?|(?!(?:in |of |about )?your )<det><job>"
        r"|career|future|internship)"
    ),
    "resume": (
        r"(?:resumes?|c\.v\.?|c\.v\.s|curriculum(?: vitae)?s?|cover letters?|application (?:papers"
        r"|documents|folder|package|file))"
    ),
    # "my", "a copy of my", "five printed copies of my"
    "copy": (
        r"(?:(?:a|an|the|another|one|two|three|five|ten|thirty|\d+|some|several|extra|few|many"
        r"|more|of|my|this|that|these|updated|new|paper|printed|latest|full|current|fresh|spare"
        r"|copy|copies|stack|pile|bunch|folder|full|box|set|stash|batch|couple|attached|enclosed"
        r"|whole|short|complete|own|little|personal|with|nice|half|dozen|folder|bag|handful"
        r"|version) ){0,7}"
    ),
    "hand": (
        r"(?:hook|link|set|put|get|bring|place|connect|introduce|lead|steer|point|direct|refer"
        r"|recommend|pass|send|forward|hand|take|walk|show|patch|plug|usher|march|slip|sneak|shoot"
        r"|drop|give|route|transfer|deliver|present|mention|push|sell|pitch|hooking|linking"
        r"|setting|putting|getting|bringing|connecting|introducing|leading|steering|pointing"
        r"|directing|referring|recommending|passing|sending|forwarding|handing|taking|walking"
        r"|showing|slipping|giving|mentioning|talk|talking|tell|telling|hooked|introduced"
        r"|connected)"
    ),
    "mine": (
        r"(?:me|us|my (?:\w+ )?(?:name|number|numbers|details|email|address|contact|contacts|info"
        r"|information|phone|card|mail|note|message|stuff|profile|letter|request|case|file))"
    ),
    "boss": (
        r"(?:(?:boss|bosses|managers?|director|directors|vps?|vice[- ]presidents?|ceo|cfo|cto|coo"
        r"|chief|chiefs|chairman|president|owner|owners|executives?|execs?|higher-?ups?|bigwigs?"
        r"|big (?:dogs?|shots?|wigs?|guns|names|fish|cheese|boss(?:es)?|guys?)|top (?:brass|dogs?"
        r"|people|guys?|executives?|management)|decision[- ]?makers?|gatekeepers?|leadership"
        r"|management|supervisors?|hiring (?:\w+ )?\w+|hr|h\.r|human[- ]resources?|personnel"
        r"|recruiters?|recruiting(?: \w+)?|recruitment(?: \w+)?|talent (?:\w+ )?(?:team"
        r"|acquisition|people|manager)|powers that be|head of [\w ]{2,20}|editors?-in-chief"
        r"|editor in chief|founders?|(?:senior|managing|founding) partners?|(?:hiring|selection"
        r"|search) committee|panel|important (?:people|folks|person|ones)|influential (?:people"
        r"|person|folks)|people in charge|people at the top|person in charge|key (?:players?"
        r"|people|contacts?|persons?)|movers and shakers|heavy hitters|inner circle|right (?:\w+"
        r" )?(?:person|persons|people|man|men|woman|folks|contacts?|hands|guy|desk|department"
        r"|place|ear|ears|door|doors|circles?))\b)"
    ),
    # "the right person", "your boss", "whoever does the hiring", "the one who decides"
    "power": (
        r"(?:(?:(?:the|your|that|their|a|an|some|any|one of the|one of your|all the|all your|those"
        r"|somebody in|someone in|anyone in|anybody in|people in|everyone in) )?(?:\w+ )?<boss>"
        r"|(?:whoever|who ever|anyone|anybody|someone|somebody|everyone|everybody|(?:the|a|that"
        r"|your) (?:\w+ )?(?:one|ones|person|people|man|woman|guy|lady|folks|gentleman|team"
        r"|colleague|contact|friend|vp|partner|editor|designer|manager|director|employee|employer"
        r"|officer)|people|those|him|her|them|(?:the|a|an|that) [\w-]+(?= (?:who|that)))(?:"
        r" else)?(?: over)?(?: there| inside)?,? (?:who |that |which |in |with |at |for )?(?:\w+"
        r" ){0,4}?(?:hires?|hiring|recruit\w*|decides?|deciding|decisions?|charge|fills?|filling"
        r"|calls? the shots|the say|say over|final say|signs?|power|pull|influence|budget|picks?"
        r"|picking|chooses?|runs? (?:hiring|the show|things|the place)|last word|matters?|counts?"
        r"|responsible|(?:gives?|hands?) out (?:the )?\w+|awards? (?:the )?\w+|give (?:me"
        r" )?(?:the |a )?(?:work|job)|gives? (?:out )?(?:the )?jobs?|handles? (?:hiring"
        r"|applications|interns)|get me|offer me|hire me|use me|selects?|has a say|makes? (?:the"
        r" )?(?:calls?|offers?)|jobs?|openings?|contracts?)\b)"
    ),
}
_SLOT = re.compile(r"<(\w+)>")


def pattern(wordings: Iterable[str]) -> re.Pattern[str]:
    """Compile the wordings of one marker, earlier ones first. Unknown slots raise KeyError."""
    return re.compile("|".join(f"(?:{_filled(one)})" for one in wordings))


# A gap of a few words never holds a denial.
_GAP = re.compile(r"\(\?:\\w\+ \)(?=[?{])")


def _filled(wording: str) -> str:
    wording = _GAP.sub(r"(?:(?!not |never |no )\\w+ )", wording)
    while _SLOT.search(wording):
        wording = _SLOT.sub(lambda slot: _SLOTS[slot[1]], wording)
    return wording
