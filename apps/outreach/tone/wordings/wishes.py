"""A longing to be hired there, and a readiness to do anything for it."""

from apps.outreach.tone.marker import marker

_FERVOR = (
    r"(?:heaven|paradise|destiny|my calling|love of my life|heart set|hearts? desire"
    r"|count(?:ing)? the (?:days|hours|minutes)|hole in my|live for|lie awake|every (?:single"
    r" )?(?:night|day|morning)|go to sleep|since i was|happiest (?:person|man|woman|girl|guy)"
    r"|meant to be|place on earth|in the stars|will not settle for|settle for nothing|no other"
    r" (?:company|place|employer|firm)|wildest|lifelong|ever since|cry|love with)"
)
_HIRED = (
    r"(?:(?:work|working|employed|hired|intern|job|career|position|internship|desk|seat) <there>"
    r"|(?:your|an) (?:employee|colleague)|to work,|your (?:desks?|uniform|apron|badge|payroll"
    r"|office door|logo)|on the payroll|(?:a|my|own) (?:desk|seat|badge|uniform) <there>|one of"
    r" (?:you\b|the team)|my name on your|whole career there)"
)

WISHES = (
    marker(
        "longs_to_be_hired",
        "work working join joining hired employed part team intern interning job jobs position"
        " role internship career member employment staff spot place crew employee company firm"
        " payroll seat desk goal wish list",
        r"\b(?:a|the|my|any|some) (?:\w+ )?(?:place|spot|seat|job|desk|position|role|chair) (?:on"
        r"|in|at|with) your (?:\w+ ){0,2}?(?:team|staff|crew|company|firm|payroll|department|lab"
        r"|studio|group|newsroom|agency|kitchen)\b|\bon your payroll\b",
        r"\b(?:my|the) (?:only|one|number one|main|biggest|first|single|last) (?:goal|wish|aim"
        r"|ambition|thing on my|desire|hope|purpose)\b(?: \w+){0,5} (?:be (?:on|with|in|at|part"
        r"|hired)|work|join|get (?:in|hired)|you\b|your)",
        # I would love to work for you; I have always wanted to be part of your team
        r"<i><longing> <mid>(?:<employed> (?:full-?time |part-?time |(?:this|next) \w+ |one day"
        r" |someday |as an? (?:[\w-]+ ){1,3}|in (?:your|the) \w+ (?:team|department) |together"
        r" |closely |right |here )?<there>|(?:join(?:ing)?|(?:become |becoming )?(?:an? )?(?:\w+"
        r" )?(?:part|member|employee) of) (?:you\b|your\b|the (?:\w+ ){0,2}(?:team|company|firm"
        r"|family|crew|staff)|(?:such|this) (?:an? )?(?:\w+ )?<house>|(?!(?:the|a|an|this|that|us"
        r"|me|in|for|when|our|it|some|something|my|their|any)\b)\w+)|(?:on|in|into|one of) your"
        r" (?:\w+ ){0,2}(?:team|company|firm|staff|ranks|crew|people|employees|house|studio"
        r"|office|payroll)|one of your (?!questions|interview)\w+)",
        r"<i><longing> <mid>(?:hired|employed|recruited|taken on)\b(?! (?:people|someone|by"
        r" others))",
        r"\b(?:hope|hoping|wish|praying|pray|waiting|want|like|love)(?: for)? (?:that )?you"
        r" (?:will |would |could |can |to |might |may )?<adv>(?:hire|employ|take me|offer me|pick"
        r" me|choose me|have me|let me (?:in|join|work))",
        r"\b(?:badly|much|hard|strongly|deeply) i (?:would |do )?(?:<longing>) <mid>(?:work|join"
        r"|be (?:hired|part)|part of|a job|this job|the job|in\b)",
        r"\bi (?:\w+ ){0,6}(?:being|getting|be|get) (?:hired|employed|taken on|recruited) (?:by"
        r"|at|with|here|there)\b",
        r"\b(?:craved?|coveted?|longed for|dream(?:ed|t)? (?:of|about)|lust(?:ed)? after) (?:a|an"
        r"|the|that|your) (?:\w+ )?(?:seat|desk|chair|badge|spot|place|job|role|position|career"
        r"|life) <there>",
        r"\bi (?:\w+ ){0,4}<longing> (?:\w+ ){0,3}(?:<job>|place|spot|work|desk|career) (?:with"
        r" you|at your|in your|on your|by your side|under you)\b(?! (?:schedule|calendar|time))",
        r"\b(?:see|imagine|imagining|picture|picturing|envision|visualize) (?:myself|me|my (?:own"
        r" )?(?:desk|name|future|life|career)) (?:\w+ ){0,3}(?:work|working|in your|on your|at"
        r" your|at you|joining|part of|with your|by (?:the|your)|beside|among|there\b)",
        r"\bwhere i (?:\w+ ){0,4}?(?:<longing>|see|belong)(?: \w+){0,3} (?:work|working|end up"
        r"|start|spend|build|be)\b",
    ),
    marker(
        "longs_to_be_hired",
        "dream dreams dreamed dreamt dreaming live belong destined destiny meant plan give"
        " fate wait world cry forever obsessed badly much trade kill born calling nothing all"
        " life heaven paradise employer hearts grade childhood only head settle colleague love"
        " desk stars want anywhere nowhere part prove",
        r"\banywhere (?:else )?(?:but|other than|except|besides) (?:(?:with|at|for|in) )?(?:you"
        r"|your|there|here)\b|\b(?:prove|show you|convince you|show them) (?:that |why )?i (?:\w+"
        r" )?(?:belong|deserve|am (?:the|your|right|meant|made|worth))\b",
        r"\b(?:not|never) (?:\w+ ){0,4}?(?:be|work|happy|go|end up|want|apply|look|belong|fit)"
        r" (?:\w+ )?anywhere else\b|\bnowhere else (?:i|that i|for me|to|would|will|but)\b|\bmake"
        r" me (?:a )?(?:part|member|one) of\b",
        r"\blife's (?:dream|wish|goal|ambition|purpose)\b(?= .*\b(?:<employed>|join|part of|your"
        r"|you)\b)",
        r"\bi want in\b(?! (?:on the joke|for))|\b(?:be|become|becoming) one of the (?:team|crew"
        r"|family|staff|gang)\b|\bto be an? \w+ \w+ more than\b|\bcall myself (?:your|one of your"
        r"|an? \w+) (?:colleague|employee|\w+er)\b|\bget(?:ting)? into your (?:\w+"
        r" ){0,2}(?:company|firm|program|team|house|studio|lab) as\b",
        r"\byour (?:\w+ )?<house> is (?:my|the) (?:destiny|calling|dream|goal|future|home|only"
        r" \w+)\b|\bnothing else than to (?:be|work|join)\b",
        r"\b(?:my|a|an|the|i|lifelong|childhood|absolute|ultimate) (?:\w+ ){0,3}dreams?\b"
        r"(?: \w+){0,9}? (?:work|working|join|joining|hired|part of|your (?:\w+ ){0,2}<house>"
        r"|employed|intern|job|employee|with you|for you|on board|become (?:one|a member))\b",
        r"\b(?<!your )(?<!their )(?<!his )(?<!her )(?<!whose )dream (?:job|jobs|company|employer"
        r"|workplace|position|role|internship|place to work|organi[sz]ation|firm|team|career)\b"
        r"(?! (?:is|was|would be) (?:still |not |in )?(?:unclear|unknown|a|an|something|museum))",
        r"\b(?:work|working|job|join|joining|employed|hired|intern|interning|part of|desk|<there>"
        r"|you \w+)\b(?: \w+){0,7} (?:(?:has|have) (?:always )?been|is|would be|was|as|it is)(?:"
        r" \w+){0,2} (?:dreams?|greatest wish|biggest wish|goal in life|life goal|number one goal"
        r"|main goal|destiny|calling|fate|(?:what|all) i live for|heaven|paradise|everything to"
        r" me|everything i)\b",
        r"\bdream(?:ed|t|ing|s)? (?:\w+ ){0,3}(?:of|about) (?:\w+ ){0,3}?(?:work|working|join"
        r"|joining|being (?:hired|part|one of)|a job|having a|you|your (?:\w+ )?<house>)\b",
        r"\b(?:what|all|everything|reason) (?:that )?i (?:\w+ )?(?:live|breathe|exist) for\b"
        r"|\bno (?:plan b|other plan|backup plan)\b",
        r"\b(?:only|one) (?:company|employer|place|firm|team|house|studio|job|agency|thing"
        r"|workplace|goal|lab|kitchen|shop|name on my list) (?:\w+ ){0,4}?i (?:have |had |can "
        r"|could |would |will |do )?(?:ever |always |really |even )?(?:want(?:ed)?|picture"
        r"|imagine|see myself|apply|applied|dream(?:ed)?|care about|consider(?:ed)?|think about)\b",
        r"\ball (?:that )?i (?:have |had )?(?:ever |always |really )?(?:want|wanted|dream|dreamed)"
        r"(?: of| about)?(?: in (?:life|this life|the world|my life)| is (?:to (?:work|be|join"
        r"|get|belong|start)|a (?:job|place|spot|chance|desk|position)|you)|,? (?:and|since)"
        r"|(?<=wanted)(?=[.!?,]))",
        r"\b(?:give|trade|sacrifice|sell|kill|walk|crawl|swim) (?:\w+ ){0,6}?(?:to|for|if i"
        r" could) (?:be|get|work|join|have|land|become|belong|start|a (?:job|place|spot|chance"
        r"|desk|position)|the job|this job|that job) (?:\w+ ){0,3}?(?:<there>|on your|your|job"
        r"|one of you|part|hired|team|crew|spot)",
        r"\b(?:nothing (?:better|more)|mean the world|means the world|means everything|head over"
        r" heels|cry|heart|(?:my )?(?:whole|entire) (?:life|career)|forever|rest of my (?:life"
        r"|career)|since (?:i was|\w+ grade|childhood|kindergarten|high school)|obsessed|badly|so"
        r" much|more than anything)\b[^.?!]{0,80}?(?:\b(?:work|working|job|career|employed|hired"
        r"|position|internship) <there>|\bon your (?:team|staff|crew)\b|\bpart of your\b|\bone of"
        r" your\b|\bhired by\b)",
        r"\b(?:(?:work|working|job|career|employed|hired) <there>|on your (?:team|staff|crew)"
        r"|part of your \w+|one of your \w+|hired by \w+)\b[^.?!]{0,60}?\b(?:mean the world|means"
        r" the world|means everything|(?:my )?(?:whole|entire) (?:life|career)|forever|rest of my"
        r" (?:life|career)|since (?:i was|\w+ grade|childhood|kindergarten)|more than anything)\b",
        r"\b(?:your (?:\w+ )?<house>|you|it|that|tern) (?:is|are) where i (?:\w+ )?belong\b",
        r"\bcan not wait to (?:work|join|start|be (?:part|one|on))\b|\bi (?:\w+ ){0,2}belong"
        r" (?:at|in|with) (?!(?:a|the|this|that|my|our|many|two|to)\b)\w+",
        r"\b(?:belong|meant|born|destined|made|cut out|fated) (?:to be |to work |to join |to |for"
        r" |at |with |in |on |among )(?:you\b|your\b|work|working|join|part of|be there)",
        r"\bnothing (?:but|else than|other than|less than|except) (?:a |the |your )?(?:\w+"
        r" )?(?:place|job|desk|position|<house>|offer|spot)\b|\bnothing (?:\w+ ){0,6}?(?:more"
        r"|happier|better|prouder|less) (?:\w+ ){0,5}?(?:work(?:ing)?|join(?:ing)?|hired|part of"
        r"|job|employed|your (?:\w+ )?<house>|with you)\b|\b(?:nobody|no one) (?:\w+"
        r" ){0,3}want(?:s|ed)? (?:it|this|to|your|the|a) (?:\w+ ){0,5}more\b",
        r"\b(?:i|we) (?:would|could|will)? ?(?:be|am|are) (?:so |made |perfect |the one |just "
        r"|exactly )+(?:for (?:you|each other|your))\b|\bperfect for (?:you|your)\b",
        r"\b(?:one|part) of you\b(?= .*\b(?:life|dream|want|wish|forever)|[.!])|\bas long as i"
        r" (?:get|can|am allowed) to (?:be|work|join|stay)\b",
        r"\b(?:my |your )?(?:heart|soul) (?:\w+ ){0,4}(?:set on|belongs|beats for|with) (?:\w+"
        r" ){0,3}(?:you\b|your|work|join)",
    ),
    marker(
        "longs_to_be_hired",
        "heaven paradise destiny calling heart count counting hole live lie awake night sleep"
        " since happiest meant earth stars settle wildest lifelong ever cry love",
        _FERVOR + r"\b[^.?!]{0,80}?\b" + _HIRED,
        _HIRED + r"\b[^.?!]{0,80}?\b" + _FERVOR + r"\b",
    ),
    marker(
        "would_do_anything",
        "anything everything whatever any whichever all every nothing no bottom name put use"
        " place care matter cent penny dime refuse chance thrilled money where janitor accept"
        " condition conditions sleep move anywhere pennies",
        r"\b(?:accept|agree to|take|sign) (?:any|every|all) (?:\w+ )?(?:conditions?|terms|offers?"
        r"|contract|pay)\b|\bsleep (?:under|in|on|at) (?:the|your) (?:\w+ )?(?:desk|office|floor"
        r"|van|warehouse|shop|studio|stairs|lobby|hallway|couch)\b|\bi would (?:\w+ )?(?:move|go"
        r"|relocate|live) (?:\w+ )?(?:anywhere|wherever)\b|\bfor pennies\b|\blow pay, long hours\b",
        r"\b(?:up for|do|doing|take|taking|down for|game for|in for|ready for|open to|fine with"
        r"|on|happy with|accept|accepting) (?:just about |absolutely |literally |really"
        r" )?whatever\b(?! (?:time|works|suits|is|you (?:prefer|can spare|like|would like to|feel"
        r" like|find|think)|day|slot|format|feels|way|fits|comes to mind|questions|it is))",
        r"\bfor any (?:money|pay|wage|salary|price|amount)\b|, whatever(?=[,.!])|\bsay where and"
        r" when\b|\bi would (?:even )?take (?:a|any) (?:[\w-]+ )?(?:job|position|shift|gig"
        r"|role)\b|\bunpaid (?:trial|work|shifts?|hours)\b(?= .*\bi\b|[.,!])(?! (?:is|are|was) )",
        r"\bno (?:job|task|work|shift|chore|errand) (?:that )?i would (?:not|refuse|turn down|say"
        r" no|decline)\b|\b(?:not care|not mind|does not matter|no matter|not matter|all the same"
        r" to me) (?:at all )?(?:what|which|where) (?:i (?:do|would do|work)|(?:job|department"
        r"|position|role|task|team|work|shift|floor)|you (?:have|give|put))",
        r"\b(?:give|hand|throw) me (?:absolutely )?anything\b|\bwithout (?:a|one|earning a)"
        r" (?:cent|penny|dime|dollar)\b|\bfor (?:just )?(?:a|one) (?:\w+ )?(?:chance|shot|try"
        r"|trial|place|spot|foot) (?:at|with|in|on) (?:your|you|the (?:team|company|firm))\b"
        r"|\b(?:thrilled|happy|fine|okay|delighted|content|good) with (?:literally |absolutely "
        r"|really |just about )?(?:any|whatever) (?:job|role|position|work|task|spot|title)",
        r"\b(?:would|will|can|could|ready to|willing to|prepared to|happy to|want to|glad to|able"
        r" to|to) <adv>(?:do|try|accept|take|take on|give|sacrifice|learn|start with|settle for"
        r"|work|be|sign) <adv>(?:on )?(?:absolutely |just about |pretty much |nearly |almost "
        r"|practically |at )?(?:anything|everything|whatever|any (?:thing|single thing))\b(?!"
        r" (?:else|for you in|to help you|to make (?:it|this) (?:easy|easier|convenient|simple"
        r"|work)|useful|in return|between|before|after|by|works|suits|is (?:easiest|easier|best"
        r"|most convenient)|you (?:like|want|would like|think) (?:to|is|i should)|time|i can to"
        r" (?:fit|make (?:it|this)|adapt|work around|return)|on (?:monday|tuesday|wednesday"
        r"|thursday|friday)|day|with that|about (?:it|that)))",
        r"\b(?:do|take|taking|accept|accepting|try|open to|up for|down for|willing to|ready for"
        r"|fine with|thrilled with|delighted with|satisfied with|ok with|okay with|content with"
        r"|happy with|happy about|grateful for|work|working|want|need|game for|settle for|glad of"
        r"|thankful for|be|offer|offer me|give me|have|cool with|start in|start with|interested"
        r" in|looking for|and|or|on) <adv>(?:(?:absolutely|just about|pretty much|literally|at|in"
        r"|for|on|practically) )?(?:any|whatever|whichever|every) (?:\w+ ){0,2}?(?:job|jobs"
        r"|position|positions|role|roles|work|internship|tasks?|opening|vacancy|employment|offer"
        r"|shift|shifts|wage|hours|department|level|pay|salary|chore|gig|duty|spot|thing|capacity"
        r"|placement)\b(?: (?:at all|whatsoever))?(?! (?:you (?:had|have had|did|do|left|held"
        r"|took|started)|that (?:you had|taught)))",
        r"\bany (?:job|role|position|work|wage|shift|internship|pay|salary|task|desk|spot"
        r"|opening) ?(?:at all|whatsoever|will do|would do|is fine|is ok|is okay|is good|, any"
        r"|you (?:have|can|could|might|got|give|want|need|offer)|works|no matter|even|, however"
        r"|in your|at your|with you)\b(?! (?:open|available|coming|planned)\b)",
        r"\bany (?:shift|wage|hours|role|job|desk|day|task|pay|place),? any (?:shift|wage|hours"
        r"|role|job|task|pay|place|time|day)\b(?! (?:works|suits))",
        r"\b(?:anything|whatever|everything) (?:that |which |job |work |position |task )?(?:you"
        r"|they|your (?:\w+ )?<house>) (?:might |may |could |can |would |happen to |currently "
        r"|guys |want |ever |all )?(?:throw|have (?:for me|open|available|free)|got|offer|need"
        r" (?:me|done|doing|from me|somebody|someone|an|help)|give me|tell me to|ask (?:me|of me)"
        r"|assign|require|put me|find for me|want me)\b",
        r"\b(?:do|take|accept|on|for|with|try|carry|is|are|in|to|am|:|–) (?:absolutely |just "
        r"|literally )?(?:anything|whatever|everything|all) (?:that |which )?(?:you|they) (?:guys"
        r" )?(?:have|need|want|say|got|offer|ask|like)(?=[.!?,;–]|$| (?:and|or|right|for|now|even"
        r"|me|at|of|with))",
        r"\b(?:down|up|game|ready|in) for (?:all|any|every|what)\w*(?: of it)?(?=[.!,;]| as long|"
        r" to | if| because)",
        r"\b(?:whatever|anything|all|no matter what|everything) (?:it|this|that) (?:takes|costs"
        r"|would take|may take|might take|requires|needs)\b|\bany(?:thing| job| work)?,? (?:and i"
        r" mean|i mean|really|literally) (?:any|it)\b|\banything,? anything\b|\bat (?:any|all)"
        r" (?:price|costs?)\b",
        r"\bnothing (?:that )?i would not do\b|\b(?:put|use|place|stick) me (?:anywhere|wherever"
        r"|however|in any \w+|to any \w+|where you)\b|\bsay yes to anything\b|\bno (?:job|task"
        r"|work|role|position) (?:is |would be )?too (?:small|low|dirty|hard|boring|simple|menial"
        r"|humble)\b|\b(?:very|absolute) bottom\b|\bname it and\b|\bany (?:department|city|team"
        r"|branch|desk|country|town|office|floor|level|title|hour|task|corner),? (?:any|whatever"
        r"|and any|or any|anywhere)\b|\bwhatever,? wherever\b|\banything (?:at all"
        r"|whatsoever)\b(?! (?:about|that you|to (?:share|say|add)|i can))(?= .*\bjob|[.!]| for|"
        r" if| to)",
        r"\b(?:if|when) you (?:hear|know|see|find) (?:of |about )?(?:a thing|anything"
        r"|something)(?:,| for me|, any)|\bof a thing, anything\b",
    ),
    marker(
        "would_do_anything",
        "free unpaid coffee coffees lattes floors floor toilets shop phones trash boxes dishes"
        " pay money salary wage picky choosy fussy beggars chooser name lengths matter nothing"
        " less title bags peanuts wages paid bathrooms bathroom pots errands plates warehouse"
        " sandwiches stairs tables umbrellas sweep sweeping mop scrub car cars food work laundry"
        " boots minimum broom",
        r"\b(?:take|for|accept|even|at|on) (?:\w+, ){0,3}(?:the )?minimum wage\b|\bnights,?"
        r" (?:and )?(?:holidays|weekends)\b",
        r"\b(?:work|working|start|starting|intern|interning|do it|come in|help|toil|volunteer"
        r"|slave) (?:\w+ ){0,5}?(?:for (?:free|nothing|no (?:money|pay|salary)|minimum wage|less"
        r"|the minimum|food|peanuts|half|a sandwich)|unpaid|without (?:pay|money|(?:a |any"
        r" )?salary|getting paid|being paid))\b(?= |[.!,;?]|$)",
        r"\b(?:even|nights|weekends|also|or) (?:if (?:it is |they are )?)?(?:unpaid|for free"
        r"|without pay)\b",
        r"\b(?:you|they) (?:would |will |do |need )?(?:not|never) (?:even )?(?:have|need) to"
        r" pay(?: me)?\b|\bpay me (?:nothing|little|less|what(?:ever)?|as little|later|half|in"
        r" \w+)\b|\b(?:do|would) not (?:need|want|care about|mind about|ask for|expect) (?:\w+"
        r" )?(?:pay|salary|money|wages?|a title|title|vacation|payment|to be paid)\b",
        r"\b(?:even|i would|i will|i could|i can|happy to|willing to|glad to|ready to|prepared to"
        r"|let me|to start by|start by|start with) <adv>(?:\w+ )?(?:sweep|mop|scrub|fetch|brew"
        r"|make|get|carry|haul|dig|wash|clean|empty|answer|sort|stack|peel|polish|shine|run|sleep"
        r" in|sleep on|park)(?:ing|ping|ting)? (?:\w+ ){0,2}?(?:floors?|shop|coffees?|lattes?"
        r"|trash|bins?|toilets?|dishes|phones?|boxes|cars?|umbrellas?|windows|lunch(?:es)?"
        r"|potatoes|boots|shoes|laundry|bathrooms?|mail|errands|bags|pots|warehouse|floor|stairs"
        r"|plates|tables|dogs?)\b",
        r"\bnot (?:\w+ )?(?:picky|choosy|fussy)\b|\bbeggars can not be\b|\b(?:choosers?"
        r"|chooser)\b|\byou name it\b",
        r"\bgo to any lengths?\b|\bno matter (?:what|how (?:small|little|low|hard|bad|much|dirty"
        r"|boring)|which|where)(?: \w+){0,3} (?:job|position|work|role|pay|salary|it takes|it is"
        r"|paid|department|task|kind|for)\b",
        r"\b(?:take|accept|start with|settle for|happy with|content with) (?:even )?(?:the"
        r" )?(?:lowest|worst|smallest|most junior) (?:\w+ )?(?:job|position|pay|salary|role|work"
        r"|level|tasks?|wage)\b",
    ),
)
