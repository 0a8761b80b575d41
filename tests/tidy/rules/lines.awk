# A line has at most 120 characters.
{
        width = $0
        gsub(/[\200-\277]/, "", width) # the continuation bytes of UTF-8
        if (length(width) > 120)
                offence(length(width) " characters, more than 120")
}
