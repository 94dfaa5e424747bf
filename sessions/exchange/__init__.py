"""The timetable in the formats of the field: written for calendars, apps and screens, and read from them."""
