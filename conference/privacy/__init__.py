"""What the site keeps of people, why and until when: declared once, shown, deleted in time, and handed out."""
