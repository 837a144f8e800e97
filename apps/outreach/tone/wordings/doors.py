"""Somebody else shall open the door: a hook-up, pulled strings, an interview."""

from apps.outreach.tone.marker import marker

DOORS = (
    marker(
        "wants_to_be_hooked_up",
        "me us number hooked touch contact introduction introductions intro connection meet"
        " door arrange name email details info card profile whisper straight past desk",
        r"<ask>(?!tell|ask|show|teach|let|help|see|hear|meet|join|call|email|write|remind|give"
        r"|thank|visit|about|for|with|to|of|in|on)\w+ <mine> (?:(?!how\b|what\b|why\b|when\b"
        r"|who\b|about\b|whether\b|if\b|where\b|not\b|never\b)[\w'-]+ ){0,4}?(?:to|past|into|onto"
        r"|before|in front of|straight to|directly to) (?:<power>)",
        r"\bgets? me (?:\w+ ){0,3}?(?:past the|past your|straight to|inside|around the|through to"
        r"|directly to)\b",
        r"<ask>(?:hook(?:ing)?|link(?:ing)?) (?:me|us|a (?:brother|sister|friend|guy|girl"
        r"|student)|this \w+) (?:up|in|with)\b|\b(?:get|be|being|getting|got) hooked up\b",
        r"<ask><hand> <mine>(?: (?!how\b|what\b|why\b|when\b|who\b|about\b|whether\b|if\b|where\b"
        r"|not\b|never\b)[\w'-]+){0,5}?,? (?:together with|to|with|toward|towards|in front of"
        r"|before|onto|into|by|through to|over to|up with|in touch with|in contact with|at"
        r"|directly to|past|on) <power>",
        r"<ask><hand> <power>(?: (?!how\b|what\b|why\b|when\b|who\b|about\b|whether\b|if\b"
        r"|where\b|not\b|never\b)[\w'-]+){0,6}? <mine>\b",
        r"<ask>(?:give|send|shoot|slip|pass|hand|drop|get) (?:'em|em|him|her|them|it|<power>)"
        r" (?:\w+ )?my (?:\w+ )?(?:number|name|card|email|details|info|contact|profile|message"
        r"|note)\b",
        r"\b(?:get|getting|put|putting|be|being|bring|stand|step|sit) (?:me |my \w+ |put |placed "
        r"|sat |brought )?(?:\w+ ){0,2}?(?:in front of|before|face to face with|across from)"
        r" (?:him|her|them|<power>|the)\b(?! (?:the )?(?:screen|class|camera|computer|house"
        r"|window|building|children|audience|end|first|holidays?|summer|winter|break|deadline"
        r"|harvest|week|start))",
        r"\b(?:in touch|in contact|(?<=be )connected|(?<=be )introduced|(?<=get )connected"
        r"|(?<=get )introduced|contact|introductions?|connections?|connects?|line|intro|access"
        r"|audience|meeting|word|talk|call|minutes?|seat|foot) (?:\w+ ){0,2}?(?:to|with)"
        r" (?:<power>)(?<!head of)\b(?! (?:you|in your|program))(?<!your team)",
        r"\bfoot in (?:the|your) door\b|\b(?:open|opening) (?:some |a few |the |a |any |up |all "
        r"|that |your )*doors?(?: for me| to me)?\b(?! (?:house|day))|\bget me in the door\b"
        r"|\bset me up with\b(?! (?:a (?:time|date|day|call)))|\bspeak only (?:to|with) (?:him"
        r"|her)\b|\bonly to speak (?:to|with) (?:him|her)\b",
    ),
    marker(
        "wants_to_be_hooked_up",
        "person people boss bosses manager managers hr recruiter recruiters ceo vp director"
        " whoever shots dogs charge decides decisions man number name email someone anyone"
        " somebody one hired ticket circle job who signs names gatekeepers",
        r"\bwho (?:the|your) <boss> (?:is|are)\b",
        r"\bwho (?:signs (?:the|off)|decides(?: on| about)?(?: (?:the )?(?:hiring|jobs"
        r"|applications|internships|who))|does the hiring|hires|makes the (?:hiring )?decisions?"
        r"|is in charge of (?:hiring|recruiting|jobs)|picks the)\b(?= .*\?|\?)|\b(?:names?"
        r"|numbers?|emails?|address|extension|direct line) (?:\w+ ){0,3}?of <power>",
        r"<i>(?:want|wanting|like|love|need|hope|hoping|wish|have|looking|trying|after|rather)"
        r" (?:to |only |be able |for )*(?:speak|talk|meet|get (?:through )?to|reach|access(?:"
        r" to)?|get hold of|find|know|write|see|be (?:connected|introduced|put through|passed)"
        r"|an? \w+|contact|deal) (?:with |to |directly |straight |on |only |in )*(?:<power>)(?!"
        r" (?:at|of) (?:my|the (?:library|bakery)))",
        r"\b(?:give|send|tell|get|find|share|need|have|know|pass|lend)(?: me)? (?:\w+"
        r" ){0,2}?(?:name|names|number|numbers|email|emails|address|contact|contacts|details"
        r"|phone|line|extension)(?: \w+){0,3}? (?:of|for|to|from) <power>",
        r"\b(?:who|whom|which person) (?:should|do|can|could|must|would) i (?:\w+ )?(?:talk|speak"
        r"|write|send|contact|see|ask|turn|go|call|impress) (?:\w+ ){0,3}?(?:to|for|about)?"
        r" ?(?:get|be|getting|become|to be|apply|a job|an internship|hired|jobs)\b",
        r"\bmy (?:ticket|way|key|door) (?:in|inside|into)\b(?! (?:medicine|law|nursing|the"
        r" (?:field|industry|profession)|this))|\b(?:know|knows) (?:somebody|someone|anyone"
        r"|anybody|a person|people|a guy) (?:\w+ )?(?:who |that )?(?:can|could|will|would|might)"
        r" (?:\w+ )?(?:get|bring|hire|take|let|help) me (?:in|on|a|get|find|out)?|\b(?:arrange"
        r"|organize|fix|set up|make|get me|manage|book)(?: for me)? (?:\w+ ){0,4}?(?:meet|meeting"
        r"|introduction|introductions|minutes|lunch|call|audience|word|see|talk) (?:to |with"
        r" )<power>",
        r"\b(?:bypass|skip|go around|get past|get around|cut) (?:the )?(?:hr|line|queue"
        r"|gatekeepers?|recruiters?|process|assistants|system|website)\b",
    ),
    marker(
        "wants_strings_pulled",
        "word recommend recommending recommendation recommendations refer referral referrals"
        " vouch strings string reference mention influence endorse endorsement connections"
        " speak name lean panel pile top list persuade convince tell talk call nudge push line"
        " favor favors stack committee weight pressure guarantee sure insider application"
        " voice power happen past through manager director recruiter nose shortlist scale"
        " scales gate gates walk file steer partner offer recommended kind lands boss see meet",
        r"<ask>(?:make|have|get|ask|tell|convince|persuade|let|invite|call|bring|remind|press"
        r"|push|urge|talk) (?:\w+ ){0,2}?<power>(?: (?!how\b|what\b|why\b|when\b|who\b|about\b"
        r"|whether\b|if\b|where\b)\w+){0,5}? (?:see|meet|call|talk to|look at|read|know|hire|take"
        r"|interview|speak to|speak with|receive|pick|want|consider|give) (?:me|my)\b",
        r"\b(?:kind|good|nice) word from you\b|\btip the (?:scales?|balance)\b|\b(?:on|onto) the"
        r" (?:short ?list|top of the)\b|\brecommended me\b(?= (?:internally|for|to (?:the|your))"
        r"|[.!?,])|\bso (?:that )?i (?:get|land|win|receive) (?:the|a|that|this) (?:\w+"
        r" )?(?:offer|job|spot|place|position|internship|role)\b",
        r"\bso (?:that )?(?:they|he|she|it|your \w+) (?:will |would |can )?(?:hire|hires|picks?"
        r"|chooses?|takes?|goes? with|interviews?|notices?|calls?) me\b|\b(?:walk|carry|steer"
        r"|push|move|get|bring|slide|sneak|shepherd|float) my (?:file|name|application|papers"
        r"|candidacy|folder|case)\b|\b(?:lean on|work on|push|nudge) your (?:\w+ )?(?:partner"
        r"|boss|manager|colleagues?|friend|husband|wife|brother|director|committee|team|people)\b"
        r"|\bsee to it that (?:i|my)\b",
        r"<ask>(?:put|putting|say|saying|slip|throw|drop|give) (?:\w+ ){0,3}?(?:a|the|some|in a"
        r"|any|one) (?:\w+ )?(?:good|nice|kind|positive|strong|little|warm) words?\b|\bput (?:in"
        r" )?a word\b|\bgood word\b(?= (?:for|with|to|on|in)|[.?!,]|$)",
        r"<ask>(?:recommend|recommending|refer|referring|endorse|vouch for|suggest|back|champion"
        r"|sponsor|propose|promote) (?:me|my name|myself)\b(?! (?:to (?:someone|somebody|anyone"
        r"|anybody|a (?:colleague|friend|book|person|resource)|others|other people)(?! (?:who"
        r"|that) (?:\w+ )?hir)|a\b|some\b|any\b|books|an\b))",
        r"\b(?:employee|internal|job|an?|any|your) (?:\w+ )?(?:referral|endorsement|letter of"
        r" recommendation|recommendation letter|reference letter)s?\b(?! (?:of|to (?:someone"
        r"|somebody|another|a colleague|other)|to you\b|from (?:dr|prof|mr|ms|my)))(?= (?:for|at"
        r"|from you|so|bonus|link|code)|[.?!,]|$)",
        r"\bwrit(?:e|ing) (?:me )?a (?:\w+ )?(?:recommendation|reference|referral|letter of"
        r" recommendation)\b|\breferrals get\b",
        r"\bpull(?:ing)? (?:some |a few |any |the |a |your |every |all the )?strings?\b"
        r"|\bpull(?:ing)? me (?:in|up|through)\b",
        r"\b(?:use|using) your (?:\w+ )?(?:influence|position|connections|network|power|contacts"
        r"|pull|leverage|weight|status|clout)\b|\bspeak (?:up )?(?:for|on behalf of) me\b"
        r"|\b(?:talk|speak) to (?:your|the) (?:\w+ )?(?:boss|manager|hr|director|owner|committee"
        r"|team) (?:\w+ )?(?:for|about) me\b|\bmention (?:me|my name|that i) (?:\w+ )?(?:to|with"
        r"|when|in front of|at)\b(?! you\b)",
        r"\b(?:serve|act|be|list you|name you|use you) as (?:a |my |one of my )?(?:job"
        r" )?reference\b|\b(?:put|drop|place|bring up) my name (?:forward|in|on|down|around|with"
        r"|to|up|at|out|into)\b|\bdrop my name\b|\bmy (?:name|application|file|papers|folder"
        r"|form) (?:\w+ ){0,3}?(?:moved|to the top|on top|top of|up the|ahead|first|through"
        r"|fast)\b|\b(?:me|my \w+|it)(?: \w+){0,3} (?:to|at|on) (?:the )?top of (?:the|your"
        r"|their) (?:pile|list|stack|heap|queue)\b",
        r"<ask>(?:lean|work|push|nudge|pressure|persuade|convince|sway|talk|twist|influence|ask"
        r"|tell|get|make|order|urge|remind|bribe|beg|call|nag|press|have) (?:on )?(?:the (?:\w+"
        r" )?(?:panel|committee|board|team|boss|manager|director|jury|people|owner|recruiter"
        r"|interviewers?)|them|him|her|hr|someone|somebody|your \w+|people|whoever \w+)(?:"
        r" \w+){0,5}? (?:to (?:take|hire|pick|choose|interview|give|consider|let|see|call|accept"
        r"|bring|employ|look at) (?:me|my)|into (?:hiring|taking)|about me|beforehand|on my"
        r" behalf|for me|go with me|i am)",
        r"\b(?:tell|ask|get|make|have) (?:them|him|her|hr|your \w+|the \w+) (?:to )?(?:\w+"
        r" )?(?:take|hire|pick|choose|interview|give|let|consider|accept|call) me\b|\bgo with"
        r" me\b|\b(?:one|a|single|quick) (?:phone )?(?:call|word|email|signature|nod) from you\b"
        r"|\band i(?: am|'m|s)? in\b(?=[.!?,])|\bmake sure (?:that )?(?:i|my|they|he|she|it)"
        r" (?:\w+ ){0,3}?(?:get|am|hired|chosen|picked|seen|first|pick|choose|hire|goes|lands"
        r"|reaches|selected|job|in\b)|\b(?:skip|jump|cut) (?:the|ahead of|in) (?:line|queue|the"
        r" line)\b|\bback ?door\b|\bfast[- ]track me\b|\bget(?:s)? looked at first\b|\bguarantee"
        r" (?:me|that i|my)\b|\b(?:nudge|lean on|push|pressure|sway|influence|bribe|lobby|work on"
        r"|persuade|convince|sweet-talk) (?:the |your )?(?:\w+ )?(?:committee|panel|board|jury"
        r"|boss|manager|recruiters?|hr|director)\b|\bunder (?:the |your )?(?:\w+ )?(?:\w+'s|his"
        r"|her|their) nose\b|\bwith your (?:name|support|voice|vote|backing|weight) (?:behind"
        r"|backing|on) (?:me|my)\b|\bget me (?:past|through|over|around) (?:the|this|that) (?:\w+"
        r" )?(?:round|screening|test|stage|filter|interview|system|process|hurdle)\b|\bmake"
        r" (?:this|it) happen (?:for me|with)\b|\b(?:have|hold) the power to\b(?= .*\b(?:me"
        r"|my)\b)|\bmy application (?:\w+ ){0,3}?(?:lost|overlooked|buried|noticed|seen"
        r"|attention)\b|\b(?:tell|telling) (?:him|her|them|<power>) (?:that )?you (?:have"
        r" )?know[n]? me\b|\b(?:fool|crazy|mad|foolish|mistake|stupid) not to\b|\binside (?:track"
        r"|help|push)\b",
    ),
    marker(
        "wants_interview",
        "interview interviews interviewed",
        r"<ask>(?:get|getting|give|arrange|set up|secure|grant|offer|schedule|land|score|invite"
        r"|organize|find|help me get|set|call|consider|push|book|put|want|help) (?:me|us|myself)?"
        r" ?(?:(?:up|with|for|to|get|land|have|in|into) ){0,3}(?:an?|the|any|one|some|my|your)"
        r" (?:(?:job|real|first|formal|quick|personal|internship|hiring|employment|second|final)"
        r" )*(?<!informational )interviews?\b(?! (?:with you|for (?:my|a|our|the) (?:\w+"
        r" )?(?:class|course|project|paper|thesis|assignment|school|blog|podcast)|you\b|about"
        r" your|questions|assignment|tips|advice|project))",
        r"\bi (?:\w+ ){0,3}(?:want|like|need|love|hope for|hoping for|deserve) (?:to (?:have|get)"
        r" )?(?:an?|the) (?:job |formal |real )?interview\b(?! (?:with you for|you|for (?:my|a"
        r"|our) (?:class|course|project|paper)))|\binvite me (?:\w+ ){0,2}(?:to|for) (?:\w+"
        r" )?interview\b|\bget interviewed\b|\bbe interviewed (?:by|for|at)\b(?= .*\b(?:job"
        r"|position|role|you)\b)",
    ),
)
