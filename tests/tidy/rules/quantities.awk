# The number inside a quantity (hours, money, share, day, month) is touched only by the module that defines it.
FILENAME ~ /^common\/base\/(quantity|day)\.[ch]$/ { next }
code ~ /(\.|->)v([^A-Za-z0-9_]|$)/ { offence(".v of a quantity: use the functions of quantity.h or day.h") }
