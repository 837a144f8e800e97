"""What a browser calls itself, in words that its owner knows again."""

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome"}
MACHINES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def device_name(user_agent: str) -> str:
    browser = next((name for sign, name in BROWSERS.items() if f"{sign}/" in user_agent), "")
    if not browser and "Safari/" in user_agent:
        browser = "Safari"
    machine = next((name for sign, name in MACHINES.items() if sign in user_agent), "")
    return " on ".join(part for part in (browser or "A browser", machine) if part)
