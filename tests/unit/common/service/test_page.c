/* A page of a list: it ends at each of its bounds, its cursor goes on where it ended, the last one says so, and a
 * cursor of another list is refused. */
#include "tests/unit/common/store/fixture.h"

#include "common/base/limits.h"
#include "common/service/page.h"
#include "notifications/commands.pb-c.h"
#include "notifications/queries.pb-c.h"

enum { T_ROWS = RUNTIME_POSITIONS, ROWS = 20, MANY = 1000 };

static void fill(struct fixture *f, uint8_t rows)
{
        for (uint8_t i = 1; i <= rows; i++) {
                struct key key = key_of_text("31");
                key_id(&key, (struct id){{[15] = i}});
                txn_put(f->txn, T_ROWS, key_slice(&key), slice_of("", 0));
        }
}

/* How a list is asked for, and which of its rows become lines. */
struct asked {
        struct fixture *f;
        uint32_t limit;
        struct slice after;
        uint8_t every;    /* only so many-th rows are lines; 0: each */
        const char *name; /* of each line */
        const char *part; /* NULL: "31" */
};

static struct reply ask(const struct asked *asked)
{
        struct fixture *f = asked->f;
        struct work work = {.txn = f->txn, .arena = &f->arena};
        Types__Page wanted = TYPES__PAGE__INIT;
        wanted.limit = asked->limit;
        wanted.after = pb_bytes(asked->after);
        Notifications__SubscriptionsReply *reply = pb_new(&notifications__subscriptions_reply__descriptor, &f->arena);
        struct page page = page_begin(&work, &wanted, &reply->base);
        struct walk walk;
        struct id id;
        walk_up(f->txn, T_ROWS, key_of_text(asked->part == NULL ? "31" : asked->part), page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                if (asked->every > 0 && id.b[15] % asked->every != 0)
                        continue;
                Notifications__SubscriptionView *line =
                        pb_new(&notifications__subscription_view__descriptor, &f->arena);
                line->subscription_id = id_to(&f->arena, id);
                line->email = arena_text(&f->arena, asked->name == NULL ? "" : asked->name);
                page_add(&page, line);
        }
        return page_reply(&page);
}

static const Notifications__SubscriptionsReply *get(const struct asked *asked)
{
        struct reply reply = ask(asked);
        assert_non_null(reply.body);
        return (const void *)reply.body;
}

static unsigned number_of(const Notifications__SubscriptionsReply *reply, size_t i)
{
        return id_of(reply->subscriptions[i]->subscription_id).b[15];
}

/* All pages; every line once, in order. The number of pages. */
static size_t take_all(struct asked asked, size_t lines)
{
        size_t pages = 0, taken = 0, every = asked.every == 0 ? 1 : asked.every;
        do {
                txn_look(asked.f->txn, txn_rows_left(asked.f->txn), UINT32_MAX);
                const Notifications__SubscriptionsReply *reply = get(&asked);
                for (size_t i = 0; i < reply->n_subscriptions; i++)
                        assert_int_equal(number_of(reply, i), ++taken * every);
                asked.after = pb_slice(reply->next);
                pages++;
        } while (asked.after.size > 0);
        assert_int_equal(taken, lines);
        return pages;
}

static void it_ends_at_its_limit(void **state)
{
        struct fixture *f = *state;
        fill(f, ROWS);
        const Notifications__SubscriptionsReply *first = get(&(struct asked){.f = f, .limit = 7});
        assert_int_equal(first->n_subscriptions, 7);
        assert_int_equal(first->next.len, 3 + 16);
        assert_int_equal(take_all((struct asked){.f = f, .limit = 7}, ROWS), 3);
        assert_int_equal(take_all((struct asked){.f = f, .limit = 10}, ROWS), 2); /* no page behind the last row */
        assert_int_equal(take_all((struct asked){.f = f, .limit = ROWS}, ROWS), 1);
}

/* Rows for other eyes behind the last line are no reason for another page, and the cursor is that of a line. */
static void it_goes_on_for_a_line_not_for_a_row(void **state)
{
        struct fixture *f = *state;
        fill(f, ROWS);
        assert_int_equal(take_all((struct asked){.f = f, .limit = 1, .every = 6}, 3), 3);
        assert_int_equal(take_all((struct asked){.f = f, .limit = 3, .every = 6}, 3), 1);
        const Notifications__SubscriptionsReply *reply = get(&(struct asked){.f = f, .limit = 2, .every = 6});
        assert_int_equal(reply->next.data[3 + 15], 12);
        reply = get(&(struct asked){.f = f, .limit = 3, .every = 6});
        assert_int_equal(reply->next.len, 0);
}

/* It looks no further ahead than it may, and then nobody knows whether there is a line. */
static void it_looks_ahead_within_its_rows(void **state)
{
        struct fixture *f = *state;
        struct asked asked = {.f = f, .limit = 1, .every = 15};
        fill(f, ROWS);
        txn_look(f->txn, ROWS - 1, UINT32_MAX);
        const Notifications__SubscriptionsReply *reply = get(&asked);
        assert_int_equal(reply->n_subscriptions, 1);
        assert_int_equal(reply->next.data[3 + 15], 15);
        asked.after = pb_slice(reply->next);
        txn_look(f->txn, ROWS - 1, UINT32_MAX);
        reply = get(&asked);
        assert_int_equal(reply->n_subscriptions, 0);
        assert_int_equal(reply->next.len, 0);
}

static void limits_that_are_asked_for_have_one(void **state)
{
        struct fixture *f = *state;
        Notifications__SubscriptionsReply reply = NOTIFICATIONS__SUBSCRIPTIONS_REPLY__INIT;
        struct work work = {.txn = f->txn, .arena = &f->arena};
        Types__Page wanted = TYPES__PAGE__INIT;
        assert_int_equal(page_begin(&work, NULL, &reply.base).limit, LIMIT_PAGE_DEFAULT);
        assert_int_equal(page_begin(&work, &wanted, &reply.base).limit, LIMIT_PAGE_DEFAULT);
        wanted.limit = UINT32_MAX;
        struct page page = page_begin(&work, &wanted, &reply.base);
        assert_int_equal(page.limit, LIMIT_PAGE_MAX);
        page_at_most(&page, 100);
        assert_int_equal(page.limit, 100);
        page_at_most(&page, 200);
        assert_int_equal(page.limit, 100);
}

static void it_ends_when_its_rows_are_looked_at(void **state)
{
        struct fixture *f = *state;
        struct asked asked = {.f = f, .limit = MANY, .every = ROWS};
        size_t pages = 0, lines = 0;
        fill(f, ROWS);
        do {
                txn_look(f->txn, 6, UINT32_MAX);
                const Notifications__SubscriptionsReply *reply = get(&asked);
                assert_true(txn_looked_at(f->txn) <= 6); /* and not one row more */
                lines += reply->n_subscriptions;
                asked.after = pb_slice(reply->next);
                pages++;
        } while (asked.after.size > 0);
        assert_int_equal(lines, 1);
        assert_int_equal(pages, 4); /* five rows each, the sixth was only walked to; three of them without a line */

        txn_look(f->txn, 0, UINT32_MAX); /* a page goes on by a row at least */
        assert_int_equal(get(&(struct asked){.f = f})->n_subscriptions, 1);
}

static void it_ends_at_its_bytes(void **state)
{
        struct fixture *f = *state;
        char *name = arena_alloc(&f->arena, LIMIT_REPLY_BYTES / 8 + 1);
        memset(name, 'n', LIMIT_REPLY_BYTES / 8);
        name[LIMIT_REPLY_BYTES / 8] = '\0';
        fill(f, ROWS);
        const Notifications__SubscriptionsReply *first = get(&(struct asked){.f = f, .limit = MANY, .name = name});
        assert_in_range(first->n_subscriptions, 6, 7);
        assert_true(pb_size(first) < LIMIT_REPLY_BYTES);
        assert_int_equal(take_all((struct asked){.f = f, .limit = MANY, .name = name}, ROWS), 4); /* of six */
}

static void a_cursor_of_another_list_is_refused(void **state)
{
        struct fixture *f = *state;
        fill(f, ROWS);
        const Notifications__SubscriptionsReply *first = get(&(struct asked){.f = f, .limit = 7});
        const struct asked wrong[] = {
                {.f = f, .after = pb_slice(first->next), .part = "32"}, /* of another list */
                {.f = f, .after = slice_of("x", 1)},                    /* of none */
                {.f = f, .after = slice_of(first->next.data, 12)},      /* cut */
        };
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                struct reply reply = ask(&wrong[i]);
                assert_null(reply.body);
                assert_int_equal(reply.refusal->code, TYPES__REFUSAL_CODE__INVALID_FIELD);
                assert_string_equal(reply.refusal->field, "page.after");
        }
}

static void a_cursor_may_carry_more(void **state)
{
        struct fixture *f = *state;
        struct work work = {.txn = f->txn, .arena = &f->arena};
        Types__Page wanted = TYPES__PAGE__INIT;
        wanted.after = pb_bytes(slice_of("sumplace", 8));
        Notifications__SubscriptionsReply *reply = pb_new(&notifications__subscriptions_reply__descriptor, &f->arena);

        struct page page = page_begin(&work, &wanted, &reply->base);
        assert_true(slice_equal(page_head(&page, 3), slice_of("sum", 3)));
        assert_true(slice_equal(page.after, slice_of("place", 5)));
        page.head = slice_of("SUM", 3);
        page_end_behind(&page, slice_of("there", 5));
        assert_non_null(page_reply(&page).body);
        assert_true(slice_equal(pb_slice(reply->next), slice_of("SUMthere", 8)));

        page = page_begin(&work, NULL, &reply->base);
        assert_int_equal(page_head(&page, 3).size, 0);
        assert_int_equal(page.after.size, 0);

        wanted.after = pb_bytes(slice_of("su", 2)); /* too short to carry it */
        struct walk walk;
        page = page_begin(&work, &wanted, &reply->base);
        assert_int_equal(page_head(&page, 3).size, 0);
        walk_up(f->txn, T_ROWS, key_empty(), slice_of(NULL, 0), &walk);
        assert_false(page_step(&page, &walk));
        assert_null(page_reply(&page).body);
}

static void what_is_no_walk_has_pages_too(void **state)
{
        struct fixture *f = *state;
        struct work work = {.txn = f->txn, .arena = &f->arena};
        Types__Page wanted = TYPES__PAGE__INIT;
        wanted.limit = 2;
        Notifications__SubscriptionsReply *reply = pb_new(&notifications__subscriptions_reply__descriptor, &f->arena);
        struct page page = page_begin(&work, &wanted, &reply->base);
        const char *rows = "abcd", *row = rows;
        while (*row != '\0' && page_goes_on(&page, slice_of(row, 1))) {
                page_add(&page, pb_new(&notifications__subscription_view__descriptor, &f->arena));
                row++;
        }
        assert_true(page.has_more && page_is_full(&page));
        assert_non_null(page_reply(&page).body);
        assert_true(slice_equal(pb_slice(reply->next), slice_of("b", 1)));
}

static void a_reply_that_is_too_large_is_asked_for_with_fewer_lines(void **state)
{
        struct fixture *f = *state;
        Notifications__SubscriptionsRequest *request =
                pb_new(&notifications__subscriptions_request__descriptor, &f->arena);
        assert_true(page_shorten(&request->base, 2 * LIMIT_REPLY_BYTES, &f->arena));
        assert_int_equal(request->page->limit, LIMIT_PAGE_DEFAULT * 3 / 8);
        request->page->limit = 1;
        assert_false(page_shorten(&request->base, 2 * LIMIT_REPLY_BYTES, &f->arena)); /* one line is too large */
        Notifications__Subscribe other = NOTIFICATIONS__SUBSCRIBE__INIT;
        assert_false(page_shorten(&other.base, 2 * LIMIT_REPLY_BYTES, &f->arena)); /* no list */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(it_ends_at_its_limit),
                TEST(it_goes_on_for_a_line_not_for_a_row),
                TEST(it_looks_ahead_within_its_rows),
                TEST(limits_that_are_asked_for_have_one),
                TEST(it_ends_when_its_rows_are_looked_at),
                TEST(it_ends_at_its_bytes),
                TEST(a_cursor_of_another_list_is_refused),
                TEST(a_cursor_may_carry_more),
                TEST(what_is_no_walk_has_pages_too),
                TEST(a_reply_that_is_too_large_is_asked_for_with_fewer_lines),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
