"""Résumés: attached, pushed, sent round, carried along. Plain words say "resume" for CV as well."""

from apps.outreach.tone.marker import marker

_WORDS = "resume resumes curriculum c.v letter letters application"
_ABOUT = "resume resumes curriculum c.v"
# Everybody but the reader.
_OTHERS = (
    r"(?:big \w+|your (?!convenience|time|files?|records|reference|review|information)\w+|the"
    r" (?!first|next|file|attachment|email|mail|link|bottom|end|way)\w+|each|every|everyone"
    r"|everybody|anyone|anybody|someone|somebody|all|hr|whoever|others|people|as many|him|her"
    r"|them|any|those|colleagues|friends|recruiters|managers|lab|one|some|that \w+|both|whomever"
    r"|other)"
)

RESUMES = (
    marker(
        "carries_resumes",
        _WORDS,
        r"\b(?:application|job) (?:folder|papers|documents|file|portfolio)s? (?:\w+"
        r" ){0,7}?(?:with me|on me|in my (?:bag|backpack|car))\b",
        r"\b(?:bring|bringing|brought|carry|carrying|have|having|had|take|taking|pack|packed|keep"
        r"|keeping|got|print|printed|hold|come with|coming with|armed with|equipped with|travel"
        r" with|traveling with|walk around with|go nowhere without|leave (?:\w+ ){0,3}?without"
        r"|stock|put) (?:you |\w+ )?(?:along )?(?:with me )?<copy>(?:\w+ ){0,2}?(?:resumes?"
        r"|c\.v\.?s?)(?: folder| folders| binder| copies)?\b(?: \w+){0,9}? ?(?:(?:just )?in"
        r" case\b|with me|along\b|ready\b|in (?:my|the) (?:\w+ )?(?:bag|backpack|car|folder"
        r"|pocket|purse|trunk|briefcase|case|glove|jacket|coat|suitcase|tote)|on me\b|on hand|at"
        r" hand|everywhere|to (?:every|all|each|any|our|the|hand|give|pass|leave|share|drop|show)"
        r" ?\w*|at all times|wherever|always|you never know|if (?:someone|somebody|anyone|anybody"
        r"|you|the|they)|for (?:anyone|anybody|everyone|whoever|everybody|your|the|each|every)|in"
        r" a (?:\w+ ){0,2}(?:case|folder))",
        r"\b(?:always|never|everywhere|wherever|anywhere|every|each|just in case|in case)"
        r" (?:[\w',-]+ ){0,9}?<copy>(?:resumes?|c\.v\.?s?)\b(?! (?:workshop|review|course|class"
        r"|advice|tips))",
        r"\b(?:bring|bringing|carry|carrying|pack|packing|print|printing|hand out|handing out"
        r"|travel(?:ing)? with|come with) (?:along |you |out )?(?:(?:a|my|some|several|extra|few"
        r"|many|five|ten|thirty|\d+|two|three|of|copies|copy|stack|pile|the|bunch|folder|printed"
        r"|full|the|spare|updated|box|whole|dozen) )+(?:\w+ )?(?:resumes?|c\.v\.?s?)\b",
        r"\b(?:copies|stack|pile|folder|box|bunch|stash|dozen|bag|briefcase|binder|backpack|set)"
        r" (?:full )?(?:of|with) (?:my |printed |fresh |spare )*(?:resumes?|c\.v\.?s?)\b(?:"
        r" \w+){0,8}? (?:with me|in my|on me|ready|along|case|everywhere|at hand)\b",
        r"\b(?:bag|backpack|folder|car|trunk|briefcase|pockets?|purse|glove box|suitcase|binder)"
        r" (?:\w+ ){0,3}?(?:full of|filled with|of|stuffed with|with) (?:\w+ ){0,2}?(?:resumes?"
        r"|c\.v\.?s?)\b",
        r"\bmy (?:\w+ )?(?:resumes?|c\.v\.?s?)(?: folder)? (?:\w+ ){0,4}?(?:just in case|in my"
        r" (?:\w+ )?(?:bag|backpack|car|folder|pocket|purse|case|trunk)|with me|everywhere|on"
        r" hand|at hand|on me|wherever|to (?:every|all|each|our) (?:\w+ )?(?:meetings?|talks?"
        r"|conversations?|chats?))\b",
    ),
    marker(
        "carries_resumes",
        "carry them copies one without bag whip hand",
        r"\b(?:carry|bring|take) (?:them|it|copies|a few copies|some copies|one|extra copies)"
        r" (?:\w+ ){0,3}?(?:to (?:the|every|each|all|our|any)|everywhere|with me|along|in my|just"
        r" in case|in case|wherever)\b|\b(?:leave|go out|leave the house|go anywhere) (?:\w+"
        r" ){0,3}?without (?:it|them|one)\b|\bwhip (?:it|one|them)? ?out\b",
        about=_ABOUT,
    ),
    marker(
        "attaches_resume",
        _WORDS + " attached attachment portfolio",
        r"\b<resume> (?:that |which )?i (?:am |have |just )?(?:enclos\w+|attach\w+|includ\w+"
        r"|added|append\w*)\b",
        r"\b(?:attach|attached|attaching|enclose|enclosed|enclosing|include|included|including"
        r"|append|appended|add|added|adding|linked|upload|uploaded)\b (?:(?:you|is|are|will|find"
        r"|please|to|this|email|mail|below|here|hereby|also|the|see|can|for|reference|your|and"
        r"|herewith|with|both|in|message|note|letter|i|have|a|my|portfolio|transcript)"
        r" ){0,8}?<copy>(?:[\w-]+ ){0,2}?<resume>",
        r"\b(?:find|see|got|have) (?:my |the |a copy of my )?(?:\w+ )?<resume>(?: \w+){0,3}"
        r" (?:attached|enclosed|below|with this (?:email|mail|note|message)|here)\b"
        r"|\b<resume>(?:,? (?:and|with) \w+(?: \w+){0,3})?(?: is| are| was|'s) (?:\w+"
        r" )?(?:attached|enclosed|below|included|an attachment|in the attachment|linked"
        r"|appended)\b|\b<resume> (?:attached|enclosed)\b",
        r"\b(?:with|here is|here are|in the attachment|as an attachment) (?:\w+ ){0,3}?(?:my|a"
        r" copy of my) (?:\w+ )?(?:resume|c\.v\.?|cover letter)\b(?! (?:workshop|class))",
        r"\bi (?:am |will |have |would like to |want to |also |just |wanted to |can |could |take"
        r" the liberty of )*(?:send|sending|sent|share|sharing|email|emailing|emailed|forward"
        r"|forwarding|provide|submit|submitting|mail|mailing|show) (?:you |along |over |also |to"
        r" you |off )*<copy>(?:resumes?|c\.v\.?|curriculum(?: vitae)?|cover letter)\b",
        r"\b(?:look at|look over|looking at|look through|a look at|read|review|reviewing|check"
        r"|check out|go over|go through|glance at|feedback on|comments on|opinion on|improve|fix"
        r"|edit|proofread|critique|correct|thoughts on|help (?:me )?with|advice on|think of)"
        r" (?:(?:my|a copy of my|over|the|one of my) )+(?:\w+ )?(?:resume|c\.v\.?|curriculum(?:"
        r" vitae)?|cover letter)\b",
        r"\b(?:download|found|find|available|online|see|view|click|link)(?: \w+){0,3} my (?:\w+"
        r" )?(?:resume|c\.v\.?)\b|\bmy (?:\w+ )?resume (?:can be (?:found|seen|downloaded)|is"
        r" (?:online|available|here|at http|on my))",
    ),
    marker(
        "pushes_resume",
        _WORDS,
        r"\b(?:give|giving|gave|leave|leaving|left|hand|handing|handed|drop|dropping|dropped"
        r"|press|push|pushing|slip|slipped|deliver|stick|shove|present|bring|put|place|pin|slide"
        r"|slid) (?:(?:you|off|over|in|behind|along|to|with|also|again|by|at|your|office|desk"
        r"|everyone|reception|everybody|the|everyone|both|out|under|door|each|of)"
        r" ){0,5}?<copy>(?:resumes?|c\.v\.?s?|curriculum(?: vitae)?)\b(?! (?:at home|home|behind"
        r"|out|in (?:the|my) drawer))",
        r"<ask>(?:take|accept|keep|keeping|hold on to|hang on to|store|save|put|have|print|post"
        r"|want|read and keep|file|insist (?:that )?you (?:take|keep)) (?:(?:my|a copy of my|this"
        r" copy of my|copy of my|one of my|a|with you|home|along|the attached|the|out) )+(?:\w+"
        r" )?(?:resume|c\.v\.?|curriculum(?: vitae)?)\b",
        r"\b(?:resume|c\.v\.?)s? (?:is |stays |remains |stay |safe |handy |close |near )*(?:on|in"
        r"|at) (?:your )?(?:file|files|drawer|desk|system|database|records|hands)\b|\b(?:resume"
        r"|c\.v\.?)s? (?:on|onto|across|into|in|under) (?:your|the|their|every|each) (?:\w+"
        r" )?(?:desk|hands|table|file|files|hr|chair|keyboard|door|mailbox|plate|windshield)\b"
        r"|\b(?:want|need|like|insist|urge|ask) (?:that )?you (?:to )?(?:\w+ )?(?:take|keep|have"
        r"|read|hold) (?:\w+ ){0,3}?(?:resume|copy|c\.v)\b",
    ),
    marker(
        "wants_resume_forwarded",
        _WORDS + " profile",
        r"<ask>(?:forward|forwarding|pass|passing|hand|handing|share|sharing|submit|submitting"
        r"|send|sending|give|giving|show|circulate|deliver|distribute|upload|put|push|recommend"
        r"|bring|slip|drop|walk|take|get|move|spread|print|leave|place|pin|post|email|run|feed"
        r"|hang|tape) (?:(?:along|on|over|around|in|out|please|kindly|also|onto|up) ){0,2}(?:my"
        r"|the (?:attached|enclosed)?|this|a (?:printed )?copy of (?:my|the)|it and my|copies of"
        r" (?:my|the)) ?(?:\w+ (?:and )?)?(?:\w+ )?(?:resume|c\.v\.?|profile|application|cover"
        r" letter|credentials)\b(?: (?:and (?:\w+ ){1,3})?)?(?: \w+){0,2}? ?(?:along\b|on to\b"
        r"|onto\b|around\b|to (?!you\b|me\b|your (?:files?|records))\w+|with (?!you\b|me\b"
        r"|this)\w+|in front of|internally|into|through|on (?:the|your|every|his|her|their|each)"
        r" \w+|across|up|upstairs|inside|for me|beside|at (?:the|your) \w+)",
        r"\b(?:forward|circulate|pass along|pass on|pass around|hand in|hand out|distribute"
        r"|spread) (?:my|the attached|a copy of my|copies of my) (?:\w+ )?(?:resume|c\.v\.?"
        r"|application|profile)\b",
    ),
    marker(
        "wants_resume_forwarded",
        "it one them copies copy this distribute share pass forward circulate spread",
        r"<ask>(?:give|hand|leave|put|pin|pass|drop|send|print|show|slip|forward|distribute|share"
        r"|circulate|place|spread|post|stick|get|email|deliver|hang|submit|upload|run|walk|take"
        r"|bring|lay|slide|carry) (?:it|one|them|some|a few|a few copies|copies|a copy|some"
        r" copies|the copies|the rest|extra copies|any extras|both)(?: (?:on|over|along|around|up"
        r"|out|also|please|off|in|copies|each|too|down|straight|right|directly|too|in))*? (?:to"
        r"|on|with|around|for|at|in|beside|into|onto|under|among|by|past|up) (?:of )?"
        + _OTHERS
        + r"\b",
        r"<ask>(?:pass|hand|send|share|spread|forward|show) (?:it|one|them|copies|this) (?:around"
        r"|along|on|out)\b|\b(?:forward|circulate|distribute|spread) (?:it|them|copies)\b"
        r"|\bhand(?:ing)? (?:them|copies|one|it) out\b|\bgive one to (?:you|each|everyone|anybody"
        r"|anyone)\b|\bput(?:ting)? one (?:beside|on|under|in|at|next to)\b|\b(?:a|one) (?:copy"
        r"|one) (?:on|under|in|at|to) (?:your|each|every)\b|\bkeep (?:this|that) one\b"
        r"|\bmail(?:ed)? (?:\w+ )?copies to\b|\bsent (?:it|my resume|copies|one) to (?:all|every"
        r"|each|your)\b|\bfor you to (?:distribute|share|pass|hand|forward|circulate|give|keep"
        r"|spread)\b|\bwho has (?:received|seen|read|got) it\b",
        about=_ABOUT,
    ),
)
