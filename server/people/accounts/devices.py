"""What a paired browser is called until its owner calls it something else. Pure."""

# The first that stands in a User-Agent counts: every Chromium says Safari, and Edge says Chrome too.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrom", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip
UNKNOWN = "Browser extension"


def browser_name(user_agent: str) -> str:
    """`Firefox on Windows`, from a User-Agent header; no versions, which tell people apart."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser} on {system}" if browser and system else browser or UNKNOWN
