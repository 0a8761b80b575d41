# No blank at the end of a line, no tab, no carriage return.
/[ \t]$/ { offence("blank at the end of the line") }
/\r$/ { offence("carriage return") }
/\t/ { offence("tab") }
