# A list has its bounds and its cursor from common/service/page.h alone, so that none forgets one.
FILENAME ~ /^common\/service\/page\.c$/ || FILENAME ~ /^common\/store\// || FILENAME ~ /^services\/ctl\// { next }

code ~ /(->|\.)next = *pb_bytes/ || code ~ /reply->next *=[^=]/ {
        offence("a list's `next`: page_next() and page_reply() say it")
}
code ~ /->page->(after|limit)/ { offence("what a page is asked for: page_begin() reads it") }
code ~ /txn_page_is_spent/ && code !~ /cut/ { offence("a list ends by page_next(); what has no page says `cut`") }
