/* page.h: a page of a list. It holds every bound of one: how many lines are asked for, how many rows may be looked at
 * (txn_look()), the bytes of a reply; and the cursor, what it may be and what it says. A handler walks and chooses:
 *     struct page page = page_begin(work, query->page, &reply->base);
 *     struct walk walk;
 *     things_walk(work->txn, page.after, &walk);
 *     while (page_next(&page, &walk, &id))
 *             if (… the line is asked for, and may be seen …)
 *                     page_add(&page, line);
 *     return page_reply(&page);
 *
 * A page whose rows are looked at ends before the row that it walked to last, and its `next` is the cursor of the row
 * before: looked at, found or not. A page that is full looks ahead: it has a `next`, the cursor of its last line's row,
 * where one more line is found, and none where there are only rows that whoever asks may not see or did not ask for.
 * Every page goes on by a row at least; one without lines is no end, only a missing `next` is. Nothing else sets a
 * `next` or reads an `after` (tests/tidy/rules/pages.awk). */
#ifndef COMMON_SERVICE_PAGE_H
#define COMMON_SERVICE_PAGE_H

#include "common/service/work.h"
#include "common/store/walk.h"

struct page {
        struct work *work;
        struct slice after; /* for the walk: where the page before ended; empty: from the first */
        uint32_t limit;     /* LIMIT_PAGE_DEFAULT where none is asked for, never above LIMIT_PAGE_MAX */
        struct slice head;  /* what the cursor begins with, before the walk's own: see page_head() */
        size_t lines;
        size_t bytes; /* of the lines; 0: they are few */
        bool has_more;
        /* inside */
        ProtobufCMessage *reply;
        const struct arena_block *newest;     /* of the memory of the answer */
        size_t memory;                        /* that there was before it */
        const ProtobufCFieldDescriptor *list; /* of the reply: where lines go */
        struct walk *walk;                    /* ended with the page */
        struct slice last;                    /* where `next` goes on behind; empty: no row yet */
        bool is_ahead;                        /* full: the row that is looked at is the next page's */
        bool is_refused;
};

/* `reply` has a field `next`, and one list of each type of line that is added. */
struct page page_begin(struct work *work, const Types__Page *asked, ProtobufCMessage *reply);
void page_at_most(struct page *page, uint32_t lines); /* where a line is dear */

/* The next row that is to be looked at. False: the page ends here, the walk with it. */
bool page_step(struct page *page, struct walk *walk);
bool page_next(struct page *page, struct walk *walk, struct id *ret); /* and its walk_id() */
/* The same of what is no walk: whether the row with this cursor is to be looked at. It lives as long as the work. */
bool page_goes_on(struct page *page, struct slice cursor);
bool page_is_full(const struct page *page); /* of lines or of bytes */
/* The page ends behind the row with this cursor, for a reason of the handler's. */
void page_end_behind(struct page *page, struct slice cursor);

/* A cursor that carries more than a place: its first `size` bytes are cut from `after` and given; empty: a first page.
 * The handler sets `head` anew before page_reply(). */
struct slice page_head(struct page *page, size_t size);

/* A message, to the reply's list of such. False: it is of the next page, which will find it again; what is summed up
 * beside the lines leaves it out. */
bool page_add(struct page *page, void *line);
struct reply page_reply(struct page *page); /* the reply; or that the cursor is of another list */
/* The same of a cursor that the handler checks itself. */
struct reply page_refuse(struct work *work);
bool page_refuse_cursor(struct refusal *ret);

/* Of a list whose reply came out too large, because of what stands beside its lines: asks for fewer of them, as many as
 * the bound would have held. False: `request` has no page, or one line alone is too large. */
bool page_shorten(ProtobufCMessage *request, size_t reply_bytes, struct arena *arena);

#endif
