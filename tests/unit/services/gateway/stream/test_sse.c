/* What goes over an event stream, byte for byte. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/pb.h"
#include "services/gateway/stream/sse.h"

#define BOX(name) NOTIFICATIONS__NOTICE_BOX__BOX_##name

static void assert_text(struct slice text, const char *expected)
{
        assert_int_equal(text.size, strlen(expected));
        assert_memory_equal(text.data, expected, text.size);
}

static void test_boxes(void **state)
{
        boxes_t boxes = 0;
        Notifications__NoticeBox list[3];
        (void)state;
        assert_true(boxes_parse("BOX_RECENT,BOX_OWN", &boxes));
        assert_int_equal(boxes_list(boxes, list), 2);
        assert_int_equal(list[0], BOX(OWN));
        assert_int_equal(list[1], BOX(RECENT));
        assert_false(boxes_has(boxes, BOX(INBOX)));
        assert_true(boxes_has(0, BOX(INBOX))); /* all */
        assert_int_equal(boxes_list(0, list), 0);
        assert_false(boxes_parse("", &boxes));
        assert_false(boxes_parse("NOTICE_BOX_UNKNOWN", &boxes));
        assert_false(boxes_parse("BOX_OWN,,BOX_INBOX", &boxes));
        assert_false(boxes_parse("box_own", &boxes));
        assert_false(boxes_parse("BOX_OWNBOX_OWNBOX_OWNBOX_OWNBOX_OWNBOX_OWN", &boxes));
}

static void test_positions(void **state)
{
        uint64_t position;
        (void)state;
        assert_true(sse_position("18446744073709551615", &position));
        assert_true(position == UINT64_MAX);
        assert_false(sse_position("18446744073709551616", &position));
        assert_false(sse_position("-1", &position));
        assert_false(sse_position("7 ", &position));
        assert_false(sse_position("", &position));
}

static void test_events(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        (void)state;
        assert_text(sse_open(12, &arena), "retry: 2000\nid: 12\nevent: open\ndata: {\"position\":\"12\"}\n\n");
        assert_text(sse_heartbeat(12, &arena), ":\nid: 12\n\n");
        assert_text(sse_reset(3, &arena), "id: 3\nevent: reset\ndata: {\"position\":\"3\"}\n\n");
        assert_text(sse_end("UNAVAILABLE", &arena), "event: end\ndata: {\"code\":\"UNAVAILABLE\"}\n\n");
}

static Notifications__NewNotice *line(struct arena *arena, uint64_t position, Notifications__NoticeBox box,
                                      const char *title)
{
        Notifications__NewNotice *line = pb_new(&notifications__new_notice__descriptor, arena);
        line->position = position;
        line->box = box;
        line->notice = pb_new(&notifications__notice_view__descriptor, arena);
        line->notice->title = arena_text(arena, title);
        return line;
}

/* All of a position in one event: its id says that nothing up to there is left. A line's end is none of an event's. */
static void test_notices(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        Notifications__NewNoticesReply reply = NOTIFICATIONS__NEW_NOTICES_REPLY__INIT;
        Notifications__NewNotice *lines[] = {line(&arena, 4, BOX(RECENT), "a"), line(&arena, 7, BOX(OWN), "b\n\nid: 9"),
                                             line(&arena, 7, BOX(RECENT), "c")};
        (void)state;
        reply.notices = lines;
        reply.n_notices = 3;
        reply.upto = 8;
        assert_text(sse_notices(&reply, 3, 0, &arena),
                    "id: 4\nevent: notices\ndata: {\"notices\":[{\"position\":\"4\",\"box\":\"BOX_RECENT\",\"notice\":"
                    "{\"title\":\"a\"}}]}\n\n"
                    "id: 7\nevent: notices\ndata: {\"notices\":[{\"position\":\"7\",\"box\":\"BOX_OWN\",\"notice\":"
                    "{\"title\":\"b\\n\\nid: 9\"}},{\"position\":\"7\",\"box\":\"BOX_RECENT\",\"notice\":{\"title\":"
                    "\"c\"}}]}\n\n");
        assert_text(sse_notices(&reply, 4, 1u << BOX(OWN), &arena),
                    "id: 7\nevent: notices\ndata: {\"notices\":[{\"position\":\"7\",\"box\":\"BOX_OWN\",\"notice\":"
                    "{\"title\":\"b\\n\\nid: 9\"}}]}\n\n");
        assert_text(sse_notices(&reply, 7, 0, &arena), "");
        assert_text(sse_notices(&reply, 0, 1u << BOX(INBOX), &arena), "");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_boxes),
                cmocka_unit_test(test_positions),
                cmocka_unit_test(test_events),
                cmocka_unit_test(test_notices),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
