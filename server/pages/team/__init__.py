"""A company's team, for its people and for the desk; and the page behind an invitation."""
