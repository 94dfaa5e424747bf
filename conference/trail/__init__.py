"""The trail: every state of what organisers edit, with who and when; shown, searched, restored, and erased."""
