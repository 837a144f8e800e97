"""Interview questions that bring nothing: they ask for a yes, or for praise."""

from apps.outreach.tone.marker import marker

QUESTIONS = (
    marker(
        "asks_for_agreement",
        "you it your not is do does are must right",
        r"(?<![a-z] )\b(?:do|does|did|are|is|would|will) (?:not )?(?:you|it|your \w+|working"
        r" (?:here|there)"
        r"|this) (?:\w+ ){0,3}?(?:like|love|enjoy|happy|fun|great|amazing|exciting|hard|stressful"
        r"|difficult|satisfied|proud|rewarding|interesting|nice|good|worth it|busy|wonderful)\b",
        r"\byou must (?:\w+ )?(?:love|like|enjoy|be)\b",
        r", (?:do|are|is|does|was|would|have) not (?:you|it|they)\b|, right\b",
    ),
)
