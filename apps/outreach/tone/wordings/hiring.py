"""Asking for a job, asking whether there is one, and selling oneself."""

from apps.outreach.tone.marker import marker

_POSTS = (
    r"(?:(?:job |internship )?openings?|vacanc(?:y|ies)|positions?|jobs?|internships?"
    r"|traineeships?|placements?|headcount|roles?|trainee ?ships?|(?:job|career|internship|work"
    r"|employment) opportunit(?:y|ies)|(?:open|free) spots?|graduate schemes?|co-?ops?)\b(?!"
    r" (?:title|description|market|interview|search|fair|satisfaction|security|of|like yours?"
    r"|where you|you (?:had|held|have had|did|took|left|love|hold|do|started)|that (?:made|taught"
    r"|gave|suit)|change|offer|models?))"
)
_NEWCOMERS = (
    r"(?:interns?|trainees?|graduates?|students?|juniors?|people like me|beginners|newcomers|staff"
    r"|working students?|applicants|applications|apprentices?|new (?:people|hires?|staff|members"
    r"|employees|colleagues)|extra (?:hands?|help|people)|employees"
    r"|freshmen|seniors|career changers|volunteers|anyone|anybody|an? (?:intern|trainee|assistant"
    r"|apprentice|junior|student|helper|extra hand))"
)

_READER = (
    r"(?:you|your (?:[\w'-]+ ){0,3}<house>|they|anyone|anybody|(?:the|this|that) (?:[\w-]+"
    r" ){0,3}?<house>|there|(?!your\b|you\b|the\b|not\b)\w+)"
)

HIRING = (
    marker(
        "asks_for_job",
        "hire hires hiring employ recruit me hired mine stopping somebody someone spot start"
        " begin job us employed application candidacy guy man contract offer decision decided"
        " seat searching position place role internship opening promised word whether turned"
        " expecting ready services expect walk leave with hope took chose picked accepted",
        r"\b(?:get|gets|getting|got) (?:me|myself) (?:hired|employed|accepted|recruited|taken"
        r" on)\b|\bif you (?:\w+ )?(?:took|hired|picked|chose|accepted) me\b",
        r"\b(?:expect|expecting|hope|hoping|want|plan|planning|going|intend|mean) to (?:\w+"
        r" ){1,3}with (?:an? |the |your )?(?:\w+ )?(?:job offer|offer|job|contract|position"
        r"|internship)\b",
        r"\b(?:will|do|did|would|can) i (?:get|have|got|be getting) (?:the|this|that|a|my) (?:job"
        r"|position|spot|internship|role|place|offer|contract)\b|\b(?:if|whether) i am"
        r" in\b(?=[.?!,;]|$| or)|\bturned (?:\w+ )?down (?:another|an|other|two|all|every|the)"
        r" (?:\w+ )?offers?\b|\bturned down everything\b|\bexpecting yours\b|\bready to sign\b",
        r"\blet me (?:stay|in\b|prove|join|become|start|work)|\boffer(?:ing)? (?:you )?my"
        r" services\b|\b(?:so long|the (?:holdup|delay|hold-up)) (?:with|on|about) (?:my|the)"
        r" (?:contract|offer|job|hire|hiring)\b|\bmy (?:contract|start date|first day|offer"
        r" letter|desk)\b(?! (?:is|was|broke|job))",
        r"\b(?:hire|hiring|employ|employing|recruit|recruiting) (?:me|us)\b",
        r"<ask>(?:take|taking|bring|bringing|get|getting|walk|usher|smuggle|sneak|squeeze|let"
        r"|slot) me (?:on(?: board)?(?=[.!?,;–]|$| (?:as|for|at|in|full|part|this|there|somewhere"
        r"|with|without|when|if|and|because|so|next|staff))|aboard|onto|into (?:your|the)"
        r"|in(?=[.!?,;–]|$| (?:there|at|your|with|as|to your|and|because|so)\b)(?! (?:on|your"
        r" (?:calendar|schedule|busy))))",
        r"\b(?:take|taking|pick|picking|choose|choosing|select|selecting|want|wanting|employ"
        r"|recruit|go with|going with|accept|accepting|need|needing) me\b(?! (?:\d|a|an|about"
        r"|around|through|to|seriously|long|by|back|up|out|far|months|weeks|years|hours|away"
        r"|there|only|more|less|less than|along|on (?:a|the|your)|too|that|home|from|along|over"
        r"|minutes|at (?:a|your) time|anywhere|all|most|almost|just|the|my|forever|some|another"
        r"|two|three|five|off)\b)",
        r"\b(?:tell me|say|make) (?:that )?(?:it|the \w+|this|that) (?:is )?mine\b|\bto be that"
        r" (?:somebody|someone|person)\b|\bcan quit (?:looking|searching)\b|\bwhat is (?:stopping"
        r"|keeping) (?:us|you)\b|\bno other (?:\w+ )?(?:<house>|job|place|employer) for me\b",
        r"\b(?:did|is|has|does|when will|when does|will) (?:the|that|this|my) (?:\w+ )?(?:spot"
        r"|job|position|opening|internship|role|place|seat|vacancy|chance|offer) (?:\w+ )?(?:come"
        r"|free|open|still|taken|filled|mine|available|opened|ready|start|for me|exist|up)\b",
        r"\b(?:do|did) i (?:\w+ )?(?:have|get|got) (?:it|the (?:job|spot|position|internship"
        r"|place|role)) (?:or not|yet|or)\b|\bmy (?:contract|offer|first day|start date)\b"
        r"|\b(?:expect|expecting|expected|waiting for|promised) (?:\w+ )?(?:an?|the|my) (?:job "
        r"|written |firm )?offer\b|\bsay the word and i\b|\bhold (?:the|a|that) (?:job|spot"
        r"|position|place|role|seat) (?:for|open)\b|\b(?:talked|spoken|talk|speak|asked) (?:\w+"
        r" )?(?:to|with) your \w+ about (?:me|my job|hiring)\b",
        r"\b(?:hear|know|tell me|confirm|ask|learn|discuss|say|agree on) (?:when|what day|which"
        r" day|how soon|the day) i (?:can|could|may|should|am to|get to|will) (?:start|begin|come"
        r" in)\b",
        r"\b(?:if|whether|when|that|once|until) (?:(?:i am|i was|i will be|i get|i got|i can be)"
        r" (?:\w+ )?(?:hired|in|employed|the job|the spot|the position)|you (?:\w+ )?hire"
        r" me)(?=[.!?,;]| (?:or|and|yet|by|for)|$)",
        r"\byou (?:\w+ )?(?:got|get|found|find|gave|give|offered|landed|could get|could find) me"
        r" (?:a|an|the|this|that|some|any) (?:\w+ )?<job>",
        r"\b(?:decision|decide|decided|news|word|answer|thought|think) (?:\w+ ){0,3}?(?:about|on"
        r"|regarding|whether) (?:to )?(?:taking me|take me|my (?:job|position|role|place|spot"
        r"|application|hiring|start)|hiring me|hire me|the (?:\w+ )?(?:job|position|spot|role"
        r"|internship|opening|place))\b",
        r"<ask>(?:give|giving|get|find|finding|offer|offering|grant|arrange|secure|score|create"
        r"|provide|hand|promise|organize|make|save|reserve|hold|keep|help|set|land) (?:me|us)"
        r" (?:to )?(?:find |get |land |with |up with |for |secure |have |on |into"
        r" )?(?:<det><job>(?! (?:interview|advice|tips|story|stories|title))|(?:a|the|one|this"
        r"|that|my|any|some|just one) (?:single |small |real |last |fair |little |first |big "
        r"|only |paid )?(?:chance|shot|break|spot|try|place|work|start|desk|seat|offer"
        r"|opportunity|dream)\b|some work|work\b|somewhere)(?! (?:to|of) (?:talk\w*|ask\w*"
        r"|hear\w*|learn\w*|speak\w*|meet\w*|listen\w*|see\w*|chat\w*|understand\w*|find out|say"
        r"|show|describe|idea|your|call|visit|sit|thank|know|how|what))(?! (?:in your (?:calendar"
        r"|schedule|day|week)|on your calendar|for (?:a|the|our) (?:call|talk|chat)))",
        r"\bgive (?:to )?me (?:this|the|that|my) (?:\w+ )?(?:dream|chance|job|shot|break)\b"
        r"|\blet me (?:have|get|prove|show you (?:what|why|that)|be (?:one of|part)|earn|work"
        r"|join|start|in\b)",
        r"\bhelp me (?:\w+ )?(?:get|find|land|secure) (?:on\b|in\b|hired|<det><job>|work"
        r"|employment|somewhere|something)|\bmake (?:a |some )?(?:room|place|space) for me\b(?!"
        r" in your (?:calendar|day|schedule|week))|\b(?:add|put|sign|write) me (?:on|to|onto|down"
        r" for|up for) (?:the|your) (?:payroll|team|roster|crew|staff|list of candidates|next"
        r" opening|job)",
        r"\b(?:consider|considering|considered|select|selected) (?:me|my application|my candidacy"
        r"|hiring)\b(?! (?:a friend|lucky|warned))",
        r"\bmy (?:application|candidacy) (?:for|to|as|with|at|through|up|gets?|goes|higher)\b"
        r"|\b(?:status|progress|outcome|result) of my (?:\w+ )?application\b|\bi (?:am|would be)"
        r" your (?:man|guy|woman|girl|person|next \w+)\b|\bhis (?:guy|man|girl|woman)\b",
    ),
    marker(
        "asks_for_job",
        "job jobs position positions internship internships role roles vacancy vacancies opening"
        " work openings employment traineeship apprenticeship placement gig offer apply applying"
        " spot start begin chance intern trainee opportunity hand place",
        r"\b(?:ask|asking|beg|begging|pray|request|requesting|turning to you|come to you"
        r"|writing(?: to you)?|hoping|hope|waiting|counting on|count on|fight|compete|reaching"
        r" out|here) (?:\w+ )?(?:you )?(?:for|because of|on)? ?(?:getting |obtaining"
        r" )?<wanted>(?:(?:job|internship|position|vacancy|traineeship|apprenticeship|placement"
        r"|spot|job offer)s?|employment)\b(?! (?:title|description|market|search|interview|you"
        r" (?:had|have|held|do)|that you|of (?:a|an|the)|as an? (?:\w+ )?(?:looks|is)))",
        r"\b(?:ask|asking|inquire|inquiring|enquire|writing(?: to you)?|reaching out|interested"
        r"|interest|talk|speak) (?:\w+ )?(?:you )?(?:about|in|regarding) (?:getting |obtaining"
        r" )?(?:(?:a|an|any|some) <wanted>(?:job|internship|position|traineeship|apprenticeship"
        r"|placement)\b|employment (?:with|at|in)\b)(?! (?:you|that you|title|description|like"
        r" yours|in general))",
        r"\b(?:apply|applying|candidate|considered) (?:for|to) (?:the|this|that|your|any|every|a"
        r"|an) <wanted>(?:job|internship|position|role|traineeship|placement|opening|vacancy)s?"
        r" (?:<there>|in your|you\b|that you|on your)",
        r"\b(?:do|does|would|will|could|is|are|maybe|perhaps|if|whether|hope|hoping|surely|must"
        r"|have|has) (?:you |there |your \w+ |not )?(?:\w+ )?(?:have |has |be |got |know of |make"
        r" |find )?<det>(?:<job>|place|room|spot|work|anything|something|space|use|need"
        r"|opportunity|vacancy) (?:open |free |available )?(?:for|that (?:fits?|suits?|would suit"
        r"|would fit)) (?:me|someone like me|somebody like me|a (?:student|person|girl|guy) like"
        r" me)\b(?! (?:to (?:call|talk|visit|ask|sit|see|ride|watch|stop)|between|before|on"
        r" (?:monday|tuesday|wednesday|thursday|friday)))",
        r"\bi would <adv>(?:like|love) (?:a|an|the|this|that) (?:\w+ )?<job>(?: (?:<there>|in"
        r" your)|(?=[.!?,;]|$))",
        r"<i>(?:want|need|require|deserve|want to"
        r" (?:get|have|find)|hope to (?:get|find|land|receive|have)|hope for|hoping (?:to (?:get"
        r"|find|land|receive)|for)|trying to (?:get|find|land)|have to (?:get|find|have)|need to"
        r" (?:get|find|have)|love to (?:have|get)|counting on|after) <adv>(?:(?:a|an|the|this"
        r"|that|any|some) )(?:[\w-]+ ){0,2}(?:job|internship|position|employment"
        r"|placement|traineeship|apprenticeship|job offer|role)\b(?: (?:<there>|from you|in your"
        r" \w+|this summer|so badly|badly|soon|now|quickly|fast|right now|immediately|more than"
        r"|so much|and|because|by)|(?=[.!?,;]|$))",
        r"\b(?:lead|leads|turn|turns|grow|grows|develop|result|results|end|ends|become|becomes)"
        r" (?:in|into|to|up (?:in|as|with)|with)? ?(?:a|an|the|some) (?:\w+ )?(?:job|internship"
        r"|offer|position|employment|role|something permanent|contract)\b(?= .*\byou)|\b(?:lead"
        r"|leads|turn) (?:in)?to (?:a|an) (?:\w+ )?(?:job|internship|offer|position)\b",
        r"<i>(?:looking|seeking|searching|hunting) (?:for )?(?:a|an|any|some|the) (?:[\w-]+"
        r" ){0,2}?<job> (?:<there>|in your|from you)",
        r"\b(?:which|what) (?:role|job|position|work|task) (?:you|do you|would you) (?:have|see"
        r"|want|can) (?:\w+ ){0,4}?(?:for|me)\b",
        r"\b(?:when|how soon) (?:can|could|do|may|should) i (?:start|begin)\b|\bi (?:can|could|am"
        r" (?:ready|free|available) to|would be able to) (?:start|begin)(?: work(?:ing)?)? (?:on"
        r" (?:monday|\w+ \d)|tomorrow|immediately|right away|any ?(?:day|time)|now|today|next"
        r"|work|as soon|monday|whenever|in (?:january|february|march|april|may|june|july|august"
        r"|september|october|november|december))\b",
        r"\bi (?:\w+ ){0,3}(?:apply|applying|applied|reapplied|submitted an application) (?:to|at"
        r"|with|for) (?:your|you|<det><job>)\b(?= .*\b(?:you|your|could|can|would|hope)\b)"
        r"|\bget(?:ting)? (?:a|an|any|some|this|my) (?:[\w-]+ ){0,2}<job> (?:with you|at your"
        r"|through you|from you|in your)\b",
    ),
    marker(
        "asks_whether_hiring",
        "hiring hire hires recruit recruits recruiting opening openings vacancy vacancies"
        " position positions job jobs internship internships role roles intern interns trainee"
        " trainees opens opportunities opportunity headcount spot spots graduates placements"
        " traineeships traineeship applications applicants applying opened open staff hands"
        " help students something expand expanding looking people taken chance apply program"
        " programs newcomers apprentices apprentice anything mind posted adding use room"
        " leaving growing window assistant post take comes arises plans plan bring add filling"
        " seats",
        r"\bfilling (?:(?:any|some|the|a|more|its|your|new|open) )*(?:seats?|positions?|spots?"
        r"|roles?|places?|jobs?|vacanc\w+|openings?)\b",
        r"\b(?:take|taking|takes|bring|bringing|brings|add|adding|adds|hire|hiring|hires|recruit"
        r"|recruiting|employ|need|needs|looking for|look for) (?:on )?(?:any |some |more |new "
        r"|other |additional |extra |junior |young |a few |another |part-time |seasonal )+(?:\w+"
        r" )?(?!(?:customers|orders|papers|matters|numbers|partners|readers|letters|others"
        r"|answers|visitors|computers|members|weavers|favors|colors)\b)\w+(?:ists|ers|ors|ants"
        r"|ees|ysts|terns|apprentices)\b",
        r"\b(?:a|an|any|some|the) (?:\w+ )?(?:<job>|spot) (?:\w+ ){0,3}?(?:comes? up|opens?(?:"
        r" up)?|becomes? (?:free|available|vacant|open)|turns? up|arises?|coming up|opening up|is"
        r" (?:free|vacant|open|available))\b",
        r"\b(?:plan|plans|planning|going|looking|hope|hopes|intend|intends|expect|expects) (?:to"
        r"|on) (?:hire|hiring|recruit|recruiting|employ|employing)\b(?! (?:you|him|her|them)\b)",
        r"\b(?:spots?|places?|seats?|openings?) (?:left|open|free|available) (?:on|in|at|for"
        r"|with) (?:your|the)\b|\badding (?:people|staff|somebody|someone|to (?:the|your) team)\b"
        r"|\b(?:have|has|got|is there|be) (?:any )?(?:use|room|space|need|work) for (?:a|an|one"
        r" more|another|some) (?!(?:call|talk|chat|question|visit|coffee|minute|quick|short"
        r"|conversation|meeting|picture|few|guest|visitor)\b)\w+|\bapplication (?:window|period"
        r"|deadline|process|form|season)\b",
        r"\b(?:do|does|will|when|where) (?:your|the|you|they) ?(?:[\w'-]+ ){0,3}?(?:post"
        r"|advertise|announce|list|offer|have) (?:traineeships|internships|jobs|vacancies"
        r"|openings|positions|trainee positions)\b|\bis (?:your|the) (?:\w+ ){0,2}?(?:team"
        r"|company|firm|office|staff|crew|department) (?:\w+ )?(?:growing|expanding|short"
        r"|short-staffed|understaffed)\b|\b(?:anybody|anyone|somebody|someone) (?:\w+"
        r" ){0,4}?(?:is |be )?(?:leaving|retiring|quitting)\b|\bfunding for (?:a|an|another|new)"
        r" (?:\w+ )?(?:assistant|intern|position|student)\b",
        r"\b(?:are|is|if|whether|when|maybe|perhaps|suppose|guess|hear|heard|because|since|that"
        r"|might|may|will|think) (?:not )?"
        + _READER
        + r" (?:(?:guys|all|is|are|might|may|will|would|be|already|also|actually"
        r"|currently|presently|still|ever|people|usually|by any chance|soon|now|going|looking"
        r"|planning|thinking|to|on|of|about|plan|want|need|able) ){0,5}(?:(?:hiring|recruiting"
        r"|hire|recruit)\b(?! (?:me|you|him|her|them|managers?|process|pilots)\b)|(?:taking on"
        r"|take on|taking|takes|accepting|accepts?|bringing on|adding|looking for|in need of"
        r"|short of|short on|needs?|needing|searching for) (?:\w+ ){0,3}?" + _NEWCOMERS + r"\b)",
        r"\b(?:do|does|will|would|can|could|did) (?:not )?(?:you|they|your (?:[\w'-]+"
        r" ){0,3}<house>|(?:the|this) (?:\w+ ){0,2}?<house>|(?!you\b|i\b|we\b|it\b|not\b)\w+)"
        r" (?:(?:ever|still|also|currently|usually|normally|sometimes|guys|all|need|want|plan"
        r"|hope|expect|intend|have plans|to|often|people|generally|plan on|soon|typically|be)"
        r" ){0,4}(?:hire|hiring|take on|take|accept|offer|recruit|employ|recruiting|need|bring on"
        r"|use) (?:(?:any|some|new|more|paid|summer|an?|many|unpaid|young|recent|college"
        r"|university|foreign|first-year|people|for|international|student|extra|other|part-time)"
        r" ){0,4}" + _NEWCOMERS + r"\b"
        r"(?! (?:with|to (?:know|understand)))",
        r"\b(?:if|whether) (?:your (?:[\w'-]+ ){0,3}<house>|you|they) (?:\w+ ){0,2}?(?:accepts?"
        r"|takes?(?: on)?|hires?|recruits?|offers?|needs?|employs?) (?:\w+ ){0,2}?(?:"
        + _NEWCOMERS
        + r"|"
        + _POSTS
        + r")",
        r"\b(?:do|does|will|would) (?:you|your (?:[\w'-]+ ){0,3}<house>) (?:plan|expect|intend"
        r"|hope|want|need|look|have plans) (?:to|on) (?:hire|hiring|recruit|fill|grow the team"
        r"|add (?:people|staff)|expand)\b",
        r"\b(?:are|is|do|does|if|whether|have|has|might|may|will|would|could|can|maybe|perhaps"
        r"|did) (?:not )?(?:you|there|your (?:[\w'-]+ ){0,3}<house>|they|anyone|anybody|the"
        r" (?:\w+ )?<house>|(?!i\b|we\b|it\b|my\b|this\b|not\b|the\b|a\b|be\b)\w+) (?:(?:guys"
        r"|currently|still|happen to|perhaps|maybe|might|may|will|would|ever|also|be|is|are|going"
        r" to|have|has|know of|know about|know|aware of|got|offer|offers|offering|heard of|hear"
        r" of|hear about|see|expect|expecting|anticipate|available|advertising|planning|with|of"
        r"|about|had|post|there|to|soon|foresee) ){0,4}(?:have|has|know of|know about|know|aware"
        r" of|got|offers?|offering|heard of|hear of|see|expect|anticipate|advertising|advertise"
        r"|post|foresee|be|there) (?:any|some|open|current|free|more|other|further|suitable"
        r"|upcoming|future|available|paid|summer|entry-?level|junior|a|an|internal|possible"
        r"|potential|new|the) (?:[\w-]+ ){0,3}?" + _POSTS,
        r"\b(?:any chance (?:of|for)|a chance (?:of|for)|know (?:of|about)|aware of|hear(?:d)?"
        r" (?:of|about)|wonder(?:ing)? about|asking about|inquir(?:e|ing) about|curious"
        r" about|find out about|learn about|interested in|talk about|discuss|tell me about"
        r"|information (?:on|about)|details (?:on|about)) (?:any |some |an? |the |your |open "
        r"|current |possible |potential |upcoming |future |available |new )*(?:[\w-]+ )?(?:(?:job"
        r" |internship )?openings?|vacanc(?:y|ies)|open (?:positions?|roles?)|positions? (?:open"
        r"|available|at|in|with)|(?:job|career|internship|work|employment) opportunit(?:y|ies)"
        r"|internships?(?= (?:at|with|in|you)|[.?!,]|$)|jobs(?= (?:at|with|available|you have)"
        r"|[.?!]|$))\b(?! (?:you (?:did|had|held)))",
        r"\bany (?:(?:job|internship|current|open|free|new|summer|paid|junior|possible|suitable"
        r"|upcoming|chance of a?n?|news on|news about|chance for an?|entry-?level|other|available"
        r"|good) ){0,3}(?:an? )?(?:openings?|vacanc(?:y|ies)|positions?|internships?|open roles?"
        r"|placements?|jobs|headcount|traineeships?)\b(?! (?:you (?:had|have|held|did)|title"
        r"|description|that (?:made|taught|gave)|like|interview))",
        r"\b(?:which|what|how many|any|when|whether|if|what kind of) (?:[\w'-]+"
        r" ){0,8}?(?:positions?|roles?|vacanc(?:y|ies)|openings?|jobs|internships?|traineeships?"
        r"|placements?|spots?)\b(?: [\w'-]+){0,9}? (?:fill|filled|post|posted|opens?|opening"
        r"|available|foresee|coming|planned|planning|expect|expected|advertise[ds]?|hire|hiring"
        r"|offer|offered|come up|coming up|free|vacant|recruit\w*|start|have (?:this|next|in)"
        r"|have\b)(?! (?:you|to|been|had)\b)",
        r"\b(?:foresee|expect|anticipate|plan|planning|have) (?:any |some |more |new |many"
        r" )?(?:\w+ )?(?:vacancies|openings|new (?:jobs|positions|roles)|hiring)\b|\b(?:is|are|if"
        r"|whether|will|be|might|any|when) (?:there )?(?:anything|something|somebody|a (?:spot"
        r"|place|seat|desk)|spots?|places?) (?:\w+ ){0,3}?(?:open|opens|opening|opened|available"
        r"|free|(?:come|comes|coming) up(?= (?:in|at|on|with|for) (?:your|you|the)))(?: up)?\b(?!"
        r" (?:on (?:your|monday|tuesday|wednesday|thursday|friday)|in your (?:calendar|schedule)"
        r"|this (?:week|month)|next week|before|between|for (?:a|the|our) (?:call|talk|chat"
        r"|meeting)))",
        r"\b(?:when|where|how) (?:do|does|will|are|can|could|should) (?:you|i|your (?:\w+"
        r" ){0,2}<house>) (?:next |usually |be |going to |start |normally )*(?:hire|hiring"
        r"|recruit|recruiting|apply|post (?:jobs|openings))\b(?! (?:this|that|the|what|it|these"
        r"|those|my)\b)|\bwhen (?:\w+ ){0,2}(?:hire|hiring|recruit|recruiting) (?:next|again"
        r"|season|starts?)\b",
        r"\b(?:there|here) (?:is|are|might be|may be|will be|would be|were) (?:a |an |any |some"
        r" )?(?:[\w-]+ ){0,2}?(?:openings?|vacanc(?:y|ies)|open positions?|jobs? for|position for"
        r"|jobs? available|free positions?)\b",
        r"\b(?:let me know|tell me|keep me (?:posted|informed|updated)|inform me|contact me|call"
        r" me|think of me|remember me|notify me|email me|ping me|write me|shout|holler) (?:\w+"
        r" ){0,4}?(?:when|if|about|of|as soon as|once|whenever|in case) (?:\w+"
        r" ){0,5}?(?:openings?|vacanc(?:y|ies)|positions?|jobs?|internships?|opens up|open up"
        r"|opens|hire|hires|hiring|comes up|role|opportunity|opportunities|recruit\w*|turns up)\b",
        r"\b(?:is|are|will|would|were) there (?:\w+ ){0,3}?"
        + _POSTS
        + r"|\b(?:is|are|will|would) there (?:be )?(?:\w+ )?(?:something|anything|room|a spot"
        r"|a place) for (?:a|an|one more|another) (?:\w+ )?"
        r"(?:\w+ )?(?:student|graduate|intern|trainee|sophomore|junior|senior|freshman|beginner"
        r"|newcomer)\b",
        r"\bhow many (?:\w+ ){0,3}?(?:people|interns?|students|graduates|trainees|new \w+) (?:do"
        r"|does|will|did) (?:you|your \w+|they) (?:\w+ )?(?:hire|take|take on|bring on|recruit"
        r"|need|employ)\b|\b(?:how|when|where) (?:\w+ ){0,4}?(?:apply|deadline|applications?)"
        r" (?:\w+ ){0,3}?(?:for|to|at|with) (?:<det><job>|your (?:company|firm|team|program"
        r"|summer)|you\b|the (?:summer|intern|trainee|graduate|training) \w+)|\b(?:deadline"
        r"|applications?) (?:for|to) (?:the|your) (?:\w+ )?(?:internships?|program|traineeship"
        r"|job|positions?)\b|\b(?:your|the) (?:summer|intern|internship|trainee|graduate|training"
        r"|student) (?:program|scheme|class)(?: \w+){0,3}? (?:open|apply|accept\w*|tak\w+"
        r"|deadline|spots?)\b|\bchance (?:of|for|at) (?:a|an) (?:\w+ ){0,2}?<job>",
        r"\b(?:keep|keeping|bear|have) me in mind\b",
    ),
    marker(
        "says_looking_for_job",
        "job jobs work internship internships employment position positions placement unemployed"
        " roles role jobless traineeship apprenticeship opportunity opportunities",
        r"\b(?:looking|searching|hunting|in search|on the hunt|on the lookout|seeking|desperate"
        r"|in need|in (?:desperate|urgent|dire) need) (?:for|of)? ?<det>(?:<job>|work|(?:job"
        r"|career|internship) opportunit(?:y|ies))\b(?! (?:of|you do|that you|with children"
        r"|experience in))(?<!your work)(?<!your job)",
        r"\bi am (?:\w+ ){0,3}(?:unemployed|out of work|without (?:a )?(?:job|work)|jobless"
        r"|between jobs|job[- ]hunting)\b",
        r"\bi (?:\w+ ){0,2}need (?:to )?(?:find |get |land |secure )?(?:a |an |any |some"
        r" )?(?:[\w-]+ ){0,2}(?:job|internship|placement|position|traineeship|employment"
        r"|work)\b(?! (?:on|experience))",
    ),
    marker(
        "sells_self",
        "asset fit addition candidate choice regret employee member match",
        r"\bi (?:\w+ ){0,3}?(?:be|am|make|become) (?:\w+ )?(?:an? |the )?(?:(?:great|perfect|huge"
        r"|valuable|ideal|excellent|strong|best|real|good|right|fantastic|amazing|true|big"
        r"|wonderful|tremendous) )+(?:asset|fit|addition|candidate|match|choice|employee|intern"
        r"|hire|team member)\b(?! for (?:me|what))",
        r"\b(?:will|would) (?:not|never) (?:\w+ )?regret\b|\b(?:an|huge|real|valuable|great)"
        r" asset (?:to|for) (?:you|your)\b",
    ),
)
