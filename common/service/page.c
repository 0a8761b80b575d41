#include "common/service/page.h"

#include <string.h>

#include "common/base/limits.h"
#include "common/base/require.h"

/* Lines are added up to here; then the page ends, before the engine would have to ask for a shorter one. */
enum { PAGE_BYTES = LIMIT_REPLY_BYTES / 4 * 3 };

static uint32_t limit_of(const Types__Page *asked)
{
        uint32_t limit = asked == NULL || asked->limit == 0 ? LIMIT_PAGE_DEFAULT : asked->limit;
        return limit < LIMIT_PAGE_MAX ? limit : LIMIT_PAGE_MAX;
}

struct page page_begin(struct work *work, const Types__Page *asked, ProtobufCMessage *reply)
{
        return (struct page){
                .work = work,
                .after = asked == NULL ? slice_of(NULL, 0) : pb_slice(asked->after),
                .limit = limit_of(asked),
                .reply = reply,
                .newest = work->arena->blocks,
                .memory = arena_bytes(work->arena),
        };
}

void page_at_most(struct page *page, uint32_t lines)
{
        if (page->limit > lines)
                page->limit = lines;
}

/* --- where it ends ------------------------------------------------------------------------------------------------ */

bool page_is_full(const struct page *page)
{
        return page->lines >= page->limit || page->bytes >= PAGE_BYTES;
}

/* A full page looks ahead, for a line that would be the next one's: that there are rows, which may be for other eyes,
 * is no reason to go on. What rows it may look at it shares with the lines before. */
bool page_goes_on(struct page *page, struct slice cursor)
{
        page->has_more = page->has_more || (page->last.size > 0 && txn_page_is_spent(page->work->txn));
        page->is_ahead = page_is_full(page) && page->last.size > 0;
        if (!page->has_more && !page->is_ahead)
                page->last = cursor;
        return !page->has_more;
}

void page_end_behind(struct page *page, struct slice cursor)
{
        page->has_more = true;
        page->last = cursor;
}

static void end_walk(struct page *page)
{
        if (page->walk != NULL)
                walk_end(page->walk);
        page->walk = NULL;
}

bool page_step(struct page *page, struct walk *walk)
{
        page->walk = walk;
        page->is_refused = page->is_refused || walk->is_foreign;
        if (!page->is_refused && !page->has_more && walk_step(walk) && page_goes_on(page, walk_cursor(walk)))
                return true;
        end_walk(page);
        return false;
}

bool page_next(struct page *page, struct walk *walk, struct id *ret)
{
        if (!page_step(page, walk))
                return false;
        *ret = walk_id(walk);
        return true;
}

/* --- cursors ------------------------------------------------------------------------------------------------------ */

struct slice page_head(struct page *page, size_t size)
{
        struct slice after = page->after;
        if (after.size == 0)
                return after;
        page->is_refused = after.size < size;
        if (page->is_refused)
                return slice_of(NULL, 0);
        page->after = slice_of(after.data + size, after.size - size);
        return slice_of(after.data, size);
}

bool page_refuse_cursor(struct refusal *ret)
{
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "page.after",
                      "Cette suite de liste est celle d'une autre demande. Reprenez au début, avec « after » vide.");
}

struct reply page_refuse(struct work *work)
{
        struct refusal refusal;
        (void)page_refuse_cursor(&refusal);
        return reply_refusal(work, &refusal);
}

static ProtobufCBinaryData cursor_of(const struct page *page)
{
        struct slice head = page->head, last = page->last;
        uint8_t *bytes = arena_alloc(page->work->arena, head.size + last.size + 1);
        if (head.size > 0)
                memcpy(bytes, head.data, head.size);
        if (last.size > 0)
                memcpy(bytes + head.size, last.data, last.size);
        return pb_bytes(slice_of(bytes, head.size + last.size));
}

/* --- the reply ---------------------------------------------------------------------------------------------------- */

static void *place_in(const struct page *page, unsigned offset)
{
        return (char *)page->reply + offset;
}

static const ProtobufCFieldDescriptor *list_of(const ProtobufCMessage *reply, const ProtobufCMessageDescriptor *type)
{
        const ProtobufCFieldDescriptor *field = reply->descriptor->fields, *end = field + reply->descriptor->n_fields;
        while (field < end && (field->label != PROTOBUF_C_LABEL_REPEATED || field->descriptor != type))
                field++;
        require(field < end);
        return field;
}

/* Measuring costs as much as a tenth of a short line, so it begins when the answer's memory is as large as a reply may
 * be: a line takes less on the wire than there, but for texts that lie elsewhere (the engine has the last word). */
static void measure(struct page *page, const void *line)
{
        const struct arena *arena = page->work->arena;
        if (page->bytes > 0) {
                page->bytes += pb_size(line);
        } else if (page->newest != arena->blocks) { /* it has grown */
                page->newest = arena->blocks;
                if (arena_bytes(arena) - page->memory >= LIMIT_REPLY_BYTES)
                        page->bytes = pb_size(page->reply);
        }
}

bool page_add(struct page *page, void *line)
{
        page->has_more = page->has_more || page->is_ahead;
        if (page->is_ahead)
                return false;
        const ProtobufCMessageDescriptor *type = ((const ProtobufCMessage *)line)->descriptor;
        if (page->list == NULL || page->list->descriptor != type)
                page->list = list_of(page->reply, type);
        void ***lines = place_in(page, page->list->offset);
        size_t *count = place_in(page, page->list->quantifier_offset);
        *lines = pb_append(*lines, count, sizeof(**lines), page->work->arena);
        (*lines)[*count - 1] = line;
        page->lines++;
        measure(page, line);
        return true;
}

struct reply page_reply(struct page *page)
{
        end_walk(page); /* the handler may have left it */
        if (page->is_refused)
                return page_refuse(page->work);
        const ProtobufCFieldDescriptor *next =
                protobuf_c_message_descriptor_get_field_by_name(page->reply->descriptor, "next");
        require(next != NULL && next->type == PROTOBUF_C_TYPE_BYTES);
        if (page->has_more)
                *(ProtobufCBinaryData *)place_in(page, next->offset) = cursor_of(page);
        return reply_ok(page->work, page->reply);
}

bool page_shorten(ProtobufCMessage *request, size_t reply_bytes, struct arena *arena)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(request->descriptor, "page");
        if (field == NULL || field->descriptor != &types__page__descriptor)
                return false;
        Types__Page **page = (Types__Page **)(void *)((char *)request + field->offset);
        uint32_t limit = limit_of(*page);
        if (*page == NULL)
                *page = pb_new(&types__page__descriptor, arena);
        (*page)->limit = (uint32_t)((uint64_t)limit * LIMIT_REPLY_BYTES * 3 / 4 / reply_bytes);
        if ((*page)->limit == 0)
                (*page)->limit = 1;
        return limit > 1;
}
