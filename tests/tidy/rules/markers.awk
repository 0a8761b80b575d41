# What is unfinished is finished or told in an issue, not left in the tree.
{
        padded = " " $0 " "
        if (padded ~ /[^A-Za-z0-9_](FIXME|TODO|XXX)[^A-Za-z0-9_]/) offence("unfinished: " $0)
}
