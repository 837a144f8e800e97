"""Begging, demands, pressure, blame; praise and apologies without measure; subjects for later."""

from apps.outreach.tone.marker import marker

MANNER = (
    marker(
        "begs",
        "beg begging begged please desperate desperately plead pleading implore mercy knees rope"
        " save rescue wits despair pity prayer prayers starving rent bills debt hopeless tears"
        " crying loans evicted broke help nobody heart lord god turn landlord beseech else"
        " hanging thread drowning hope chance option resort shot straw feet rejected cry one",
        r"\bif you do not help(?: me)?\b|\brejected (?:\w+ ){0,2}(?:times|already|everywhere)\b"
        r"|\bnot take (?:one more|another|any more) (?:no|rejection)s?\b|\bi (?:\w+ )?(?:cry"
        r"|weep)\b(?= .*\b(?:night|day|over|because|think|about)\b)|\bat your feet\b|\b(?:no one"
        r"|nobody|nowhere) left (?:to|who)\b",
        r"\b(?:beg|begging|begged|beseech|implore|imploring)\b(?! (?:the question|to differ))"
        r"|\b(?:i|am) (?:\w+ )?plead(?:ing)?\b",
        r"\bplease[ ,!.]+(?:please|i beg|pretty please)\b|\bpretty please\b|\bplease["
        r" ,!.]+(?:[\w']+[ ,!.]+){1,8}please[ ,!.]+(?:[\w']+[ ,!.]+){1,8}please\b",
        r"\b(?:i am|am|so|feel|feeling|getting|truly|really|quite|become|becoming|sound) (?:\w+"
        r" )?desperate\b|\bdesperately (?:need|want|looking|hope|hoping|searching)\b|\bin (?:my"
        r" )?(?:despair|desperation)\b|\bdesperate for\b",
        r"\b(?:my|you are|this is|you were|are my|is my) (?:the |my )?(?:very )?(?:last|only"
        r"|final) (?:real )?(?:hope|chance|option|resort|way out|shot|rescue|straw)\b",
        r"\b(?:have|take|show) (?:\w+ )?(?:mercy|pity)\b|\bon my knees\b|\b(?:end|out) of (?:my"
        r" )?(?:rope|options|ideas|hope|savings|strength)\b|\bat my wits\b|\bsave (?:me|my"
        r" (?:life|family|future))\b|\brescue me\b|\banswer to my prayers\b|\b(?:hanging by a|by"
        r" a) thread\b|\bbottom of my heart\b(?= .*\b(?:let|give|take|help|please|ask|hire)\b)"
        r"|\basking you from the bottom\b|\bfor the love of\b|\bi am (?:drowning|begging)\b",
        r"\bmy (?:\w+ )?(?:rent|bills|debts?|loans?|landlord|mortgage|savings|money|visa"
        r"|unemployment|family|kids|children|mother|wife|husband|parents)\b(?: \w+){0,4} (?:due"
        r"|late|overdue|gone|run(?:ning|s)? out|expire[sd]?|ran out|end(?:s|ed)|crushing|depends?"
        r"|counting on|starving|hungry|evict\w*|kick\w*)\b|\b(?:pay|paying|afford|cover) my"
        r" (?:rent|bills|debts?|loans?|groceries|tuition)\b|\bi am (?:broke|starving|hopeless|in"
        r" tears|crying)\b",
        r"\b(?:nobody|no one|nowhere|no place|noone) (?:else (?:\w+ )?to (?:turn|go|ask|help)"
        r"|(?:\w+ )?to (?:turn to|go to|help me)|(?:will|would|wants to|has|is willing to) (?:\w+"
        r" )?(?:help|hire|hired|give me|take me|answer))\b|\bnot know (?:what else|where else|who"
        r" else|what i will|what i would|how i will|what) (?:to )?(?:do|go|turn|ask|try|survive"
        r"|make it)\b(?=(?:[^.?!]*\b(?:otherwise|anymore|any more|without you|if you|next month))"
        r"|[.!])",
        r"\b(?:please|beg of you|oh please|somebody|god),? (?:\w+ )?help me\b(?! (?:understand"
        r"|decide|see|learn|find out|choose|think|figure|with (?:my|a) (?:paper|class|question)))"
        r"|\bplease do something\b|\bplease say yes\b|\bneed this so much\b|\bi need this\b|\bgod"
        r" bless you (?:if|for)\b",
    ),
    marker(
        "demands",
        "expect demand insist require duty obligation owe must answer call reply until"
        " entitled ignore every stop right once deserve obliged keep daily waiting door office"
        " lobby should have want send need accept excuses write report complain else boss"
        " everyone give tell time last ring phone knock hour unacceptable",
        r"\b(?:is|are) (?:simply |just |totally )?(?:unacceptable|not acceptable|inexcusable|not"
        r" ok|not okay)\b|\byou have (?:\w+ )?(?:until|till|\w+ (?:hours|days) to)\b(?! (?:the"
        r" harvest|summer))",
        r"\binsist on (?:those|this|that|these|the|my|an?|having|getting|seeing|meeting|speaking"
        r"|talking)\b|\bi (?:will|shall|am going to) (?:\w+ )?(?:ring|call|write|email|phone"
        r"|knock|come|stop by|text|message) (?:\w+ )?(?:every|each) (?:hour|day|morning|evening"
        r"|single|ten|\w+day)",
        r"\blast time (?:that )?i (?:will |am going to |am )?(?:ask|asking|write|writing|say)(?:"
        r" (?:you )?(?:nicely|politely|kindly|this))",
        r"\bi demand\b|\bi require (?!glasses|little|only)|\bnot accept (?:\w+ )?excuses\b|\bor"
        r" (?:else )?i (?:will|shall|would) (?:\w+ )?(?:write to|call|tell|report|complain"
        r"|contact|go to|let) (?:your|the|everyone|people|my)\b|\bor else\b",
        r"\bi (?:\w+ )?(?:expect|demand|insist on|require|am entitled to|deserve|insist that|am"
        r" owed) (?:to (?:hear|get|receive|be)|an? |your |you |that you )(?:\w+ ){0,3}?(?:reply"
        r"|answer|response|call|hear|meeting|meet|to (?:\w+ )?(?:reply|answer|call|help|meet"
        r"|respond|see|make|give|take|find)|explanation|minutes|callback|help)\b",
        r"\b(?:you|alumni|alums?|graduates|people like you|people in your position) (?:\w+"
        r" )?(?:have|has|had|are under) an? (?:\w+ )?(?:duty|obligation|responsibility)\b|\b(?:it"
        r" is|is) your (?:\w+ )?(?:duty|obligation|job to (?:help|answer|reply))\b|\byou owe"
        r" (?:me|it|us|this|that)\b|\byou are (?:\w+ )?(?:obliged|obligated|supposed|required) to"
        r" (?:\w+ )?(?:help|answer|reply|meet|give|see)\b",
        r"\byou (?:absolutely |really |simply |just )?(?:must|have got to|had better|need to|have"
        r" to) (?:\w+ )?(?:help me|answer me|reply|respond|call me|see me|meet me|talk to me|make"
        r" time|hire|give me|get back to me|get me|take me|answer this|write back|fix this)\b",
        r"\b(?:will|would|can|shall) not (?:\w+ )?(?:take|accept|hear) (?:a )?no\b|\btake no for"
        r" an answer\b|\b(?:will|shall|going to) (?:\w+ )?(?:keep|continue|go on|be) (?:on"
        r" )?(?:calling|writing|emailing|asking|messaging|knocking|coming|contacting|waiting"
        r"|trying|ringing|standing|sitting) (?:\w+ ){0,6}?(?:until|every|outside|in your|at your"
        r"|in the lobby|all day|till)\b|\buntil (?:you|i get|i hear) (?:\w+ )?(?:answer|reply|say"
        r" yes|respond|an answer|a yes|a job|agree|hire|a reply|hired|back|give in)\b",
        r"\b(?:answer|reply|respond|call me|write back|get back to me|decide) (?:\w+"
        r" )?(?:immediately|at once|right now|right away|this instant|now|without delay)\b(?!,?"
        r" (?:works|is fine))|\bcall me (?:\w+ ){0,5}?so (?:that )?we\b|\bi will (?:\w+ )?(?:show"
        r" up|turn up|come by|come to your (?:office|house|home)|wait (?:outside|in)|call every"
        r"|be (?:outside|waiting)|sit in)\b(?= .*\b(?:until|unless|whether|anyway|if you do not"
        r"|every|like it|announce))|\bi need you to (?:clear|make|set|arrange|give|call|send"
        r"|confirm|tell|be|get|bring|take|block|show)\b|\b(?:you will|you shall) (?:send|give"
        r"|call|meet|make|arrange|tell|see) me\b|\bconfirm by return\b|\bnot accept (?:another"
        r"|any|a)\b|\bmake time for me\b|\bi expect you to\b(?! (?:be|know|say|have|find|remember"
        r"|agree))|\byou (?:will|would) (?:just |simply )?have to (?:see|meet|talk|speak|help"
        r"|answer|take|give|make|find)\b|\b(?:not|hate|want) (?:\w+ )?(?:to )?have to (?:chase"
        r"|remind|ask you again|repeat)\b|\bwhich i (?:want|need|expect|require)\b|\bi (?:am"
        r" going to|will) need (?:an hour|a full|two hours|you to|your \w+ to)\b|\bi will be"
        r" waiting\b|\bdo not send me to\b|\bi will not (?:leave|go away|stop|rest|give up)\b",
    ),
    marker(
        "presses",
        "asap a.s.a.p soon quickly fast urgent urgently urgency immediately immediate need today"
        " tomorrow tonight hour eod noon friday monday tuesday wednesday thursday weekend latest"
        " hurry running ignore delete down longer depends agreed only others missing disappoint"
        " count counting deadline refuse everyone hours deciding later matter within sooner short"
        " grade blocked reserved booked hate quick expects",
        r"\bplease be quick\b|\b(?:need|want|require) (?:this|it|that|them|those|an answer|one)"
        r" (?:\w+ )?(?:by|before|until) (?:tomorrow|tonight|today|noon|monday|tuesday|wednesday"
        r"|thursday|friday|the end|next|\d)|\bonly one (?:who|to) (?:says?|say) no\b"
        r"|\b(?:professor|instructor|teacher|school|dean|adviser|advisor|class) (?:\w+"
        r" )?(?:expects|requires|wants|demands) (?:you|alumni)\b|\bsure (?:that )?you (?:will"
        r"|would) not (?:refuse|say no|mind|turn)\b",
        r"\basap\b|\ba\.s\.a\.p\b|\b(?:as )?(?:soon|quick|quickly|fast) as (?:you )?(?:possible"
        r"|possibly can|humanly possible|can|you can|you get this|you read this)\b",
        r"\burgent(?:ly)?\b(?! (?:care|repairs?))|\bimmediate(?:ly)? (?:reply|answer|response"
        r"|help|attention|call|action|yes|feedback)\b|\b(?:reply|answer|respond|response|call"
        r"|help|start|write) (?:\w+ )?immediately\b|\bhurry up\b|\bplease hurry\b|\btime is"
        r" running out\b|\brunning out of time\b",
        r"\bi (?:really|desperately|badly|absolutely|urgently|truly|do|so|simply) need (?!to"
        r" (?:know (?:whether i like|what|how)|understand|thank|learn|improve|stop|get better"
        r"|practice))(?:you|your|this|an?|it|to|some|that|help|any|the)\b|\bi (?:really|simply"
        r"|absolutely) (?:must|have to) (?:know|hear|have|get|speak|talk|meet)\b",
        r"\bi (?:\w+ )?need (?:you to (?!know)|your (?:help|answer|reply|response|support)|an"
        r" answer|a (?:reply|response|decision|yes)|to (?:hear|know|have) (?:\w+ ){0,4}?(?:by"
        r"|before|today|tomorrow|tonight|right away|now))\b",
        r"\b(?:reply|respond|answer|write back|get back|call me|let me know|confirm|hear from you"
        r"|hear back|a reply|an answer|a response|you decide|please decide|email me|answer me"
        r"|write me|decision) (?:\w+ ){0,4}?(?:today|tonight|by (?:tomorrow|monday|tuesday"
        r"|wednesday|thursday|friday|noon|tonight|the end|eod|end of|\d|today|next|this)|within"
        r" (?:the next )?(?:\d+|an|one|two|a few|twenty-four|forty-eight) (?:hours?|days?)|before"
        r" (?:tomorrow|monday|tuesday|wednesday|thursday|friday|noon|the end|\d|the weekend)"
        r"|quickly|at the latest|this very)\b(?! (?:works|suits|is (?:good|fine))|\?)",
        r"\b(?:do|please do) not (?:ignore|delete|let me down|say no|disappoint|make me wait"
        r"|leave me|keep me waiting|forget me|turn me down|refuse)\b|\bno later than\b|\bnot"
        r" (?:\w+ )?(?:later than (?:today|tonight|tomorrow|\w+day))|\bmatter of (?:two|a few|\d+"
        r"|five) minutes\b|\bsooner rather than later\b|\btime is short\b|\b(?:my|the) (?:grade"
        r"|degree|graduation|future) (?:\w+ )?(?:depends|hangs|relies)\b|\bi (?:have )?(?:already"
        r" )?(?:blocked|reserved|booked) (?:the|that|this|a|your)\b|\bhate to (?:have to"
        r" )?(?:tell|report)\b|\bwaiting impatiently\b|\bcan not wait (?:any )?longer\b|\bstop"
        r" ignoring\b|\bmy (?:whole |entire )?(?:future|career|life|grade|graduation|degree)"
        r" depends\b|\bcount(?:ing)? on you\b|\bnot (?:take|have) no\b",
        r"\b(?:everyone|everybody|all|others|the other \w+(?: \w+)?|most \w+|other people|your"
        r" colleagues?|five others|\w+ others)(?: on my list| i asked| here| there)?(?: \w+)?"
        r" (?:have |has |had |already )*(?:agreed|said yes|accepted|signed up|answered|replied"
        r"|found (?:the )?time|made time|responded|done it)\b|\b(?:the )?only (?:one|person|name"
        r"|alum\w*) (?:\w+ ){0,3}?(?:missing|left|not|who (?:has|did|have) not|to (?:say no"
        r"|refuse))\b|\bhate to (?:tell|have to|report|let)\b(?= .*\b(?:dean|professor|class"
        r"|you)\b)|\b(?:dean|professor|instructor|boss) (?:will|would|is going to) (?:\w+"
        r" )?(?:see|read|notice|hear|wonder|be told|know)\b|\b(?:surely|certainly) (?:you|a"
        r" (?:busy )?\w+ like you|someone|even you) (?:can|could|have|must|will|has|would)\b"
        r"|\byou (?:would|will) not (?:want|refuse|say no|let|turn)\b|\bnobody (?:ever )?(?:says"
        r"|said) no\b|\bhow could you (?:refuse|say no)\b|\bi (?:already |have already |have"
        r" )(?:told|promised) (?:my|the|everyone|them) (?:\w+ ){0,6}?you\b|\bthe least you\b"
        r"|\bbefore it is too late\b|\bnow or never\b|\b(?:it|this) (?:is|matter is) (?:\w+"
        r" )?(?:a matter of life|life or death|critical that|crucial that)\b|\bi will (?:assume"
        r"|take (?:it|your silence)) (?:\w+ ){0,4}?(?:yes|agree|as a)",
    ),
    marker(
        "blames",
        "never answered answer reply replied respond responded response ignored ignoring"
        " ignore times third fourth second heard disappointed disappointing silence promised"
        " still busy friends remember forgot forgotten thought rude hurt surely read decency"
        " courtesy word delete care cares cared back twice nothing waiting weeks manners"
        " bother bothered empty sad sorry surprised important kill checking alumni alums seen"
        " saw app hoped hearing mails emails messages hanging letters beneath",
        r"\b(?:beneath|too good for) (?:you|some people|people|someone|a person|alumni)\b"
        r"|\b(?:above|too important for|too grand for) (?:answering|replying|helping|writing)\b",
        r"\byou (?:would|said you would|were going to|promised (?:to|that you would)) (?:\w+"
        r" )?(?:reply|answer|write|call|get back|respond)\b[^.?!]{0,30}\b(?:have not|did not"
        r"|never|but)\b",
        r"\b(?:leave|leaving|left) (?:me|people|someone|somebody|students|us|a student) (?:\w+"
        r" )?(?:hanging|waiting|in the dark|in limbo)\b",
        r"\bnot (?:a|one|a single) (?:word|line|peep|reply|answer)\b|\byou must have (?:seen|read"
        r"|got|gotten|received) my\b|\b(?:do not|not) (?:like|want|care) (?:to hear|hearing|about"
        r" hearing) from\b|\b(?:had|would) hoped (?:that )?you would (?:\w+ )?(?:find|answer"
        r"|reply|write|make|have)\b|\bi know (?:that )?you (?:saw|have seen|got|read"
        r"|received)\b(?= .*\b(?:it|my|mail|message|app)\b)",
        r"\byou (?:\w+ )?(?:never|not|have not|did not|do not|could not even|would not even"
        r"|failed to|refuse to|forgot to|have never) (?:even |once |bother(?:ed)? to |yet |still "
        r"|seen fit to |found it )*(?:answer(?:ed)?|repl(?:y|ied)|respond(?:ed)?|write|wrote"
        r"|written|call|called|get back|got back|gotten back|react(?:ed)?|acknowledge[d]?"
        r"|help(?:ed)?|return(?:ed)?|care|cared|bother|wanted to answer|find (?:the )?(?:time|a"
        r" minute))\b(?! (?:for me|any more))",
        r"\b(?:never|not|no|nothing)(?: \w+){0,2}? (?:got|gotten|get|received?|had|heard?"
        r"|hearing) (?:any |a |an |even |one |single |back |anything |your |so much as"
        r" ){0,5}(?:reply|answer|response|word|from you|back|line)?(?= .*\b(?:disappoint\w*|sad"
        r"|hurt|why|rude|weeks|times|third|wonder|upset|frustrat\w*|manners|polite|months)\b)",
        r"\bstill no (?:answer|reply|response|word)\b|\bwithout (?:any |a |one |a single |getting"
        r" )+(?:answer|reply|response|word)\b|\bwait(?:ing|ed)? (?:\w+ ){0,4}?(?:answer|reply"
        r"|response|hear)(?: from you)?(?: since| for)? ?(?:\w+ )?(?:weeks?|months?|days|long)\b"
        r"|\b(?:weeks?|months?|days) (?:\w+ )?(?:and|,) (?:still )?(?:nothing|no (?:answer|reply"
        r"|word|response))\b",
        r"\b(?:i|have|having|we) (?:\w+ ){0,2}?(?:written|wrote|emailed|mailed|called|messaged"
        r"|contacted|asked|sent|tried|texted|writing|reached out)(?: to)?(?: you)?(?: \w+){0,4}"
        r" (?:(?:two|three|four|five|six|several|many|countless|multiple|so many|\d+) (?:times"
        r"|emails?|mails?|messages?|letters?|notes?)|twice|repeatedly|again and again|over and"
        r" over)\b",
        r"\b(?:my|this is my|the|this is the) (?:third|fourth|fifth|3rd|4th|5th|sixth|umpteenth"
        r"|tenth) (?:and (?:last|final) )?(?:email|mail|message|attempt|letter|note|try|time"
        r"|request|update|reminder)\b(?= .*\b(?:you|no|never|not|delete|answer)|\b)",
        r"\b(?:you|are you|been|being|was|keep|feel|feeling|am) (?:\w+ )?(?:ignored?|ignoring"
        r"|deleting|avoiding)\b(?: (?:me|my|all|us|this|by|them|students))?|\byou (?:\w+"
        r" )?(?:delete|deleted|ignore) (?:them|my|me|it)\b",
        r"\b(?:disappointed|disappointing|hurt|hurtful|upset|offended|let down|saddened"
        r"|frustrating|rude|impolite|a shame|sad)(?: (?:in|by|with|that|because|when|at|of|to))"
        r" (?:\w+ )?(?:you|your|no|not|nobody|be ignored|silence|hear nothing)\b|\bi am (?:\w+"
        r" )?disappointed\b|\b(?:sad|sorry|disheartened|discouraged|dismayed|surprised) (?:to"
        r" (?:find|see|get|hear|receive)|that) (?:\w+ ){0,4}(?:empty|nothing|no (?:answer|reply"
        r"|word)|silence|not)\b|\bnot (?:\w+ )?important enough\b|\bwould it (?:kill|hurt) you\b"
        r"|\bchecking my (?:\w+ )?(?:inbox|mail|phone|mailbox)\b|\b(?:other|most|all other)"
        r" (?:\w+ )?(?:alumni|alums|people|graduates) (?:\w+ )?(?:manage|managed|find|found|have"
        r" (?:all )?answered|answered|reply|replied)\b|\balumni spirit\b|\byour silence\b"
        r"|\bcommon (?:decency|courtesy)\b|\bgood manners\b",
        r"\byou (?:\w+ )?promised\b(?! (?:land|me (?:the|an) (?:article|link|book|photo"
        r"|recipe)))(?= .*\b(?:but|never|not|still|yet|and now|nothing)\b)|\bi (?:\w+ )?thought"
        r" (?:that )?(?:we were|you were (?:my|a|nice|different|kind)|you would (?:at least|care"
        r"|help|answer)|you cared|alumni)\b|\bafter (?:all|everything) (?:that )?(?:i|we|my \w+)"
        r" (?:have |has )?(?:did|done|went|gone|given|gave)\b|\bguess (?:that )?(?:you|i) (?:are"
        r" too|am not|do not|have better|was not)\b|\bnot that (?:you|anyone|anybody) (?:\w+"
        r" )?(?:cares?|reads?|asked|answers?)\b|\b(?:nobody|no one|anyone) (?:seems to |ever "
        r"|even )?(?:care|cares|answers|bothers|reads)\b",
        r"\bhow (?:hard|difficult) (?:can|could|is) it\b|\b(?:a|one|single) (?:line|word|reply"
        r"|answer|note|short reply)(?: back)?(?: \w+){0,6} (?:would (?:be nice|not (?:hurt|kill"
        r"|cost|have))|is not (?:too much|asking)|too much to ask)\b|\b(?:too much to ask)\b",
        r"\b(?:you|people like you) (?:probably |clearly |obviously |apparently |must have )(?:do"
        r" not|did not|forgot|forgotten|have forgotten|are too busy|are too important|have no"
        r" time|have better|too busy|too important|never)\b|\bi (?:know|see|saw|can see|noticed)"
        r" (?:that )?you (?:have |had )?(?:read|seen|opened|viewed|been online) (?:my|the|it|all"
        r"|this|every)\b|\bwhy (?:have|did|do|are|will|would) you (?:not|never|ignor)|\bif you"
        r" (?:really |truly |actually )?(?:cared|were a)\b",
    ),
    marker(
        "flatters",
        "amazing incredible legend legendary genius idol hero worship obsessed awe greatest best"
        " perfect brilliant phenomenal extraordinary goddess god guru flawless honor privilege"
        " unbelievable brightest icon visionary magnificent outstanding adore revolutionary"
        " smartest fan admire inspiration inspiring most everything stellar",
        r"\b(?:you are|you were|you have been|your (?:\w+ )?(?:work|career|talk|company|profile"
        r"|posts?|article|path|job|success|life|team|story) (?:\w+ )?(?:is|are|was|were)) (?:\w+"
        r" ){0,3}?(?:the (?:most|best|greatest|smartest|brightest) (?:\w+ ){0,3}?(?:i have"
        r"|ever|of all|on|alive)|amazing|incredible|a legend|legendary|a genius|my idol|my hero"
        r"|perfect|brilliant|phenomenal|extraordinary|a goddess|a god|a guru|flawless"
        r"|unbelievable|an icon|a visionary|a star|magnificent|mind-blowing|breathtaking)\b(?! at)",
        r"\byou(?:r \w+)? (?:\w+ ){0,4}(?:my (?:\w+ )?(?:idol|hero|role model|god)|a (?:\w+"
        r" )?(?:legend|genius|guru|icon|visionary|goddess))\b|\bmy (?:\w+ )?(?:idol|hero)\b(?="
        r" .*\byou\b)",
        r"\b(?:worship|idoli[sz]e|adore|am obsessed with|am in awe of|in awe of|revere) (?:you\b"
        r"|your\b|everything|the way you)|\bi am (?:so |really |totally )?(?:obsessed|in awe)\b",
        r"\b(?:biggest|number one|greatest|massive) fan\b|\b(?:honor|privilege) of (?:my|a)"
        r" (?:life|lifetime)\b",
        r"\b(?:greatest|best|most (?:amazing|incredible|brilliant|successful|inspiring|admired"
        r"|talented|important|impressive|innovative)|smartest|finest) (?:\w+ ){0,3}?(?:in the"
        r" (?:\w+ )?(?:world|country|universe|industry|history)|alive|of all time|on earth)\b",
        r"\byour (?:(?:absolutely|truly|so|simply) )?(?:amazing|incredible|brilliant"
        r"|extraordinary|legendary|phenomenal|unbelievable|stellar|magnificent|breathtaking),?"
        r" (?:\w+ ){0,2}(?:career|work|achievements?|success|mind|talent|company|path|journey"
        r"|leadership|life|wisdom|genius|profile|accomplishments?)\b",
        r"\bi (?:\w+ ){0,2}(?:admire|love) (?:absolutely )?everything (?:about you|you)\b"
        r"|\badmire you (?:so much|immensely|endlessly|beyond|more than)\b|\bwant to be (?:just "
        r"|exactly )?like you\b|\bsomeone as (?:\w+ )?(?:amazing|brilliant|successful|important"
        r"|great|incredible|accomplished) as you\b",
    ),
    marker(
        "belittles_self",
        "nobody worthless stupid nothing unworthy insignificant dumb deserve undeserving useless"
        " loser failure wasting waste important silly",
        r"\b(?:i am|i know i am) (?:\w+ ){0,2}?(?:a nobody|worthless|unworthy|insignificant"
        r"|useless|a failure|a loser|hopeless|not worth|nothing special|undeserving|not good"
        r" enough|too (?:stupid|dumb))\b|\bjust a nobody\b",
        r"\b(?:do not|not) deserve (?:your|a (?:reply|answer|minute)|any of your)\b|\bwast(?:e"
        r"|ing) your (?:\w+ )?time\b|\btoo (?:busy|important) (?:for|to (?:talk|speak|help|write"
        r"|bother|answer)) (?:\w+ ){0,2}(?:someone like|somebody like|me\b|people like me)\b",
        r"\b(?:stupid|dumb) (?:question|request|email|questions)\b|\bi have (?:absolutely |really"
        r" )?nothing to offer\b",
    ),
    marker(
        "apologizes_often",
        "sorry apologies apologize apologise apology forgive pardon bother bothering disturb"
        " disturbing intrude intruding imposing nuisance burden annoying annoy trouble",
        r"\b(?:so |very |really |truly |terribly |deeply |again |i am )*(?:sorry|apolog(?:y|ies"
        r"|i[sz]e)|forgive me|pardon me)\b(?! to hear|(?: \w+){0,3} (?:your loss|the roof))(?!"
        r" about the)",
        r"\b(?:hate|hope not|afraid|not want|not mean|do not wish|hope i am not|without wanting)"
        r" (?:\w+ ){0,2}(?:to )?(?:bother(?:ing)?|disturb(?:ing)?|intrud(?:e|ing)|impos(?:e|ing)"
        r"|annoy(?:ing)?|be a (?:nuisance|burden|bother|pest)|troubl(?:e|ing))\b",
    ),
    marker(
        "asks_about_pay",
        "salary salaries pay pays paid earn earns earning earnings make wage wages compensation"
        " income paycheck bonus benefits stipend money",
        r"\b(?:what|how much|how good|how high|tell me|know|ask|asking|share|discuss|curious"
        r"|wonder|wondering|is|are|does|do|which|whether|the)\b[^.?!\n]{0,50}?\b(?:salary"
        r"|salaries|compensation|paycheck|stipend|starting pay|the pay|your pay|bonus(?:es)?|pay"
        r" (?:range|scale|grade)|wages)\b(?! (?:negotiation|history))",
        r"\bhow (?:much|well) (?:money )?(?:do|does|did|can|could|would|will|are|is|you|i|they"
        r"|one|people) (?:\w+ ){0,5}?(?:earn|earning|make(?! it| sense| time)|making|paid|pay"
        r"|pays)\b|\bwhat (?:\w+ ){0,2}(?:they|you|it|jobs|people|that) (?:would )?pays?\b(?="
        r" ?[.?!,]|$)",
        r"\b(?:does|do|is) (?:it|this|your (?:job|company|work|firm)|the (?:job|work|company"
        r"|position)|they) (?:\w+ )?(?:pay|paid) (?:well|good|enough|a lot|more|decent|you"
        r"|okay)\b|\bwhat (?:do|does|would|can|could) (?:you|one|i|someone|they|it|a \w+|people"
        r"|the (?:job|position)) (?:\w+ ){0,4}?(?:earn|make (?:a|per) (?:year|month)|pay|get"
        r" paid)\b",
    ),
    marker(
        "picks_brain",
        "brain brains",
        r"\b(?:pick|picking|picked|tap|rack|raid|borrow)(?: at| into)? (?:\w+ ){0,2}?brains?\b",
    ),
)
