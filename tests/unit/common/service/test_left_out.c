/* Work that would record more than an event may hold: refused, or left out, and nobody else in its batch is harmed. */
#include "tests/unit/common/service/toy.h"

#include "common/store/eventlog.h"
#include "directory/events.pb-c.h"

/* Of a command, or of an event of the directory: "2 5000" asks for two events, the last of so many bytes. */
static struct reply record(struct work *work, const char *asked)
{
        char *rest;
        uint64_t events = strtoul(asked, &rest, 10), size = strtoul(rest, NULL, 10);
        for (uint64_t i = 0; i < events; i++) {
                Notifications__Subscribed happened = NOTIFICATIONS__SUBSCRIBED__INIT;
                char *text = arena_alloc(work->arena, size + 1);
                memset(text, 'x', size);
                text[i + 1 == events ? size : 0] = '\0';
                happened.subscription_id = id_to(work->arena, work_new_id(work));
                happened.territory = text;
                work_record(work, &happened.base);
        }
        return reply_ok(work, pb_new(&notifications__subscribe_reply__descriptor, work->arena));
}

static struct reply handle(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__Subscribe *command = (const void *)message;
        return record(work, command->organisation_name);
}

static void react(struct work *work, const struct event *event)
{
        const Directory__Event *body = event->body;
        (void)record(work, body->organisation_put->organisation->name);
}

static const struct dispatch_row dispatch[] = {
        {.method = "Subscribe", .mode = MODE_COMMAND, .roles = ROLE_BIT(OPERATOR), .handle = handle}};
static const struct subscription followed[] = {
        {.service = "directory", .event = &directory__event__descriptor, .react = react}};
static const struct service_spec spec = {
        .name = "notifications",
        .store_version = 1,
        .tables = toy_state_tables,
        .table_count = ARRAY_SIZE(toy_state_tables),
        .dispatch = dispatch,
        .dispatch_count = ARRAY_SIZE(dispatch),
        .rights = &toy_rights,
        .subscriptions = followed,
        .subscription_count = ARRAY_SIZE(followed),
        .event = &notifications__event__descriptor,
        .apply = toy_put,
};

static struct item *command(struct toy *toy, const char *asked, struct item *next)
{
        struct slice reply;
        struct item *item = engine_accept(toy->engine, slice_of_text("peer"), toy_frame_named(toy, "31", asked),
                                          &toy->arena, &reply);
        assert_non_null(item);
        item->next = next;
        return item;
}

static const Wire__Reply *reply_of(struct toy *toy, const struct item *item)
{
        const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, item->reply, &toy->arena);
        assert_non_null(reply);
        return reply;
}

static void assert_replays(struct toy *toy)
{
        struct verify_report report;
        assert_int_equal(engine_verify(toy->engine, NULL, 0, &report, &toy->info), 0);
        assert_int_equal(report.differences, 0);
}

static void too_large_an_event_is_refused_and_harms_nobody(void **state)
{
        (void)state;
        struct toy *toy = toy_open(&spec);
        struct item *last = command(toy, "2 10", NULL);
        struct item *large = command(toy, "3 200000", last); /* two that would fit, then one that does not */
        struct item *other = command(toy, "1 131072", large);
        struct item *first = command(toy, "1 10", other);
        assert_int_equal(engine_run(toy->engine, first, &toy->info), 0);

        assert_int_equal(engine_position(toy->engine), 3); /* the first one's and the last one's */
        assert_int_equal(reply_of(toy, first)->outcome_case, WIRE__REPLY__OUTCOME_BODY);
        assert_int_equal(reply_of(toy, last)->outcome_case, WIRE__REPLY__OUTCOME_BODY);
        const Types__Refusal *refusal = reply_of(toy, large)->refusal;
        assert_int_equal(refusal->code, TYPES__REFUSAL_CODE__TOO_LARGE);
        assert_non_null(strstr(refusal->text, "rien n'a été fait"));
        assert_int_equal(reply_of(toy, other)->refusal->code, TYPES__REFUSAL_CODE__TOO_LARGE);

        struct item *all[] = {first, other, large, last};
        for (size_t i = 0; i < ARRAY_SIZE(all); i++)
                item_free(toy->engine, &all[i]);
        assert_replays(toy);
        toy_close(toy);
}

static void told(struct toy *toy, uint64_t number, const char *name)
{
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        Directory__Organisation organisation = DIRECTORY__ORGANISATION__INIT;
        organisation.name = (char *)(uintptr_t)name;
        put.organisation = &organisation;
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_PUT;
        event.organisation_put = &put;
        assert_int_equal(engine_feed(toy->engine, "directory", number, &event.base), 0);
}

static void a_reaction_that_cannot_be_recorded_is_passed_over(void **state)
{
        (void)state;
        struct toy *toy = toy_open(&spec);
        told(toy, 1, "1 10");
        told(toy, 2, "2 200000");
        told(toy, 3, "1 10");
        assert_int_equal(engine_position(toy->engine), 2);
        assert_int_equal(engine_source_position(toy->engine, "directory"), 3);
        assert_int_equal(engine_figures(toy->engine).left_out, 1);
        assert_replays(toy);
        toy_close(toy);
}

static void record_by_itself(struct work *work, void *argument)
{
        (void)record(work, argument);
}

static void work_of_its_own_is_told_that_it_was_not_done(void **state)
{
        (void)state;
        static char large[] = "1 200000";
        struct toy *toy = toy_open(&spec);
        struct item *item = item_new(toy->engine);
        item->kind = ITEM_INTERNAL;
        item->fn = record_by_itself;
        item->argument = large;
        item->next = command(toy, "1 10", NULL);
        struct item *beside = item->next;
        assert_int_equal(engine_run(toy->engine, item, &toy->info), 0);
        assert_int_equal(item->err, ERR_TOO_LARGE);
        assert_int_equal(engine_position(toy->engine), 1);
        item_free(toy->engine, &item);
        item_free(toy->engine, &beside);
        toy_close(toy);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(too_large_an_event_is_refused_and_harms_nobody),
                cmocka_unit_test(a_reaction_that_cannot_be_recorded_is_passed_over),
                cmocka_unit_test(work_of_its_own_is_told_that_it_was_not_done),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
