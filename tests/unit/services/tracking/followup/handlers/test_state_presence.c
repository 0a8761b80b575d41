/* "Is she still at work?": who answers, what it leads to, how it is taken back. The scene's placement began on
 * 2026-03-10, it is the 18th of October. That a replay gives the same tables is proven by each teardown. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/followup/noted.h"

#define WORDS "est partie après la fin de sa mission du lundi"
#define WHY   "ce n'était pas la même personne"

struct stated {
        struct id person, placement;
};

static struct stated open_one(struct scene *s)
{
        struct stated one = {.person = scene_eligible_person(s)};
        one.placement = scene_open_placement(s, scene_opening(s, one.person));
        return one;
}

static Tracking__StatePresence *answer(struct scene *s, struct id placement, Tracking__Presence presence, int month,
                                       int day)
{
        Tracking__StatePresence *command = pb_new(&tracking__state_presence__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->answer = presence;
        command->happened_on = scene_date(s, 2026, month, day);
        if (presence != TRACKING__PRESENCE__GONE)
                return command;
        command->reason_code = arena_text(&s->f.arena, "LEFT");
        command->text = arena_text(&s->f.arena, WORDS);
        return command;
}

static struct id state_it(struct scene *s, const Wire__Passport *actor, const Tracking__StatePresence *command)
{
        const Tracking__StatePresenceReply *reply = fixture_get(&s->f, actor, "StatePresence", command);
        return id_of(reply->presence_id);
}

static Tracking__WithdrawPresence *withdrawal(struct scene *s, struct id placement, struct id presence)
{
        Tracking__WithdrawPresence *command = pb_new(&tracking__withdraw_presence__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->presence_id = scene_id(s, presence);
        command->correction = arena_text(&s->f.arena, WHY);
        return command;
}

static const Tracking__FollowUpDueReply *gone(struct scene *s, const Wire__Passport *actor)
{
        Tracking__FollowUpDue query = TRACKING__FOLLOW_UP_DUE__INIT;
        query.gone = true;
        return fixture_get(&s->f, actor, "FollowUpDue", &query);
}

static const Tracking__PresenceView *held(struct scene *s, const Wire__Passport *actor, struct id placement)
{
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = scene_id(s, placement);
        return ((const Tracking__PlacementView *)fixture_get(&s->f, actor, "PlacementById", &query))->presence;
}

static void refused(struct scene *s, const Wire__Passport *actor, const Tracking__StatePresence *command,
                    Types__RefusalCode code, const char *field)
{
        assert_string_equal(fixture_refused(&s->f, actor, "StatePresence", command, code)->field, field);
}

#define THERE   TRACKING__PRESENCE__STILL_THERE
#define LEFT    TRACKING__PRESENCE__GONE
#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

/* She is heard of by that: the silence ends. */
static void test_still_there(void **state)
{
        struct scene *s = *state;
        struct stated one = open_one(s);
        assert_int_equal(noted_due(s, s->facilitator, false)->n_lines, 1);
        assert_null(held(s, s->company_user, one.placement));
        struct id id = state_it(s, s->company_user, answer(s, one.placement, THERE, 10, 16));
        const Tracking__PresenceStated *told = scene_last_event(s)->presence_stated;
        assert_true(told->breaks_silence);
        assert_null(told->act_by);
        assert_true(id_equal(id_of(told->organisation), s->company));
        assert_int_equal(noted_due(s, s->facilitator, false)->n_lines, 0);
        assert_int_equal(gone(s, s->facilitator)->n_lines, 0);
        assert_true(id_equal(id_of(held(s, s->company_user, one.placement)->presence_id), id));
        assert_int_equal(held(s, s->auditor, one.placement)->answer, THERE);

        const Tracking__ContactLine *line = noted_list(s, one.person)->contacts[0];
        assert_int_equal(line->contact->met_with, TRACKING__CONTACT_WITH__WITH_EMPLOYER);
        assert_string_equal(line->kind_label, "réponse de l'employeur");
        assert_string_equal(line->result_label, "toujours en poste");
}

/* It ends nothing: it is the facilitator's to look at, until the placement ends. */
static void test_gone(void **state)
{
        struct scene *s = *state;
        struct stated one = open_one(s);
        uint64_t before = engine_position(s->f.engine);
        const Tracking__StatePresenceReply *reply =
                fixture_get(&s->f, s->structure_user, "StatePresence", answer(s, one.placement, LEFT, 9, 21));
        assert_non_null(strstr(reply->acts_next, "facilitateur"));
        struct slice published = scene_published(s, before);
        assert_null(memmem(published.data, published.size, "lundi", strlen("lundi")));
        assert_null(memmem(published.data, published.size, "LEFT", strlen("LEFT")));
        assert_false(scene_view(s, one.placement)->ended);

        const Tracking__FollowUpDueReply *due = gone(s, s->facilitator);
        assert_int_equal(due->n_lines, 1);
        assert_true(id_equal(id_of(due->lines[0]->placement_id), one.placement));
        assert_int_equal(due->lines[0]->since->days, day_number(scene_day(2026, 9, 21)));
        assert_int_equal(due->lines[0]->act_by->days, day_number(scene_day(2026, 10, 26)));
        assert_int_equal(due->lines[0]->days_late, 0);
        assert_non_null(strstr(due->lines[0]->acts_next, "met fin"));
        assert_int_equal(gone(s, s->stranger)->n_lines, 0);

        const Tracking__FollowUpNotes *notes = noted_texts(s, one.person);
        assert_string_equal(notes->contacts[0]->contact->text, WORDS);
        assert_string_equal(notes->contacts[0]->notes[0]->reason_code, "LEFT");

        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, one.placement));
        assert_int_equal(gone(s, s->facilitator)->n_lines, 0);
        refused(s, s->company_user, answer(s, one.placement, THERE, 10, 16), TYPES__REFUSAL_CODE__WRONG_STATE,
                "placementId");
        Tracking__ReopenPlacement reopening = TRACKING__REOPEN_PLACEMENT__INIT;
        reopening.placement_id = scene_id(s, one.placement);
        reopening.correction = arena_text(&s->f.arena, "elle travaille toujours");
        const Tracking__PlacementView *view = scene_view(s, one.placement);
        reopening.seen = view->outcomes[0]->version;
        (void)fixture_get(&s->f, s->facilitator, "ReopenPlacement", &reopening);
        assert_int_equal(gone(s, s->facilitator)->n_lines, 1); /* that was never settled */
}

/* The latest day holds, of one day what was told last; what is withdrawn never does. */
static void test_which_answer_holds(void **state)
{
        struct scene *s = *state;
        struct stated one = open_one(s);
        struct id left = state_it(s, s->structure_user, answer(s, one.placement, LEFT, 10, 5));
        (void)state_it(s, s->company_user, answer(s, one.placement, THERE, 10, 2)); /* of a day before */
        assert_int_equal(held(s, s->facilitator, one.placement)->answer, LEFT);
        struct id there = state_it(s, s->company_user, answer(s, one.placement, THERE, 10, 5));
        assert_int_equal(held(s, s->facilitator, one.placement)->answer, THERE);
        assert_int_equal(gone(s, s->facilitator)->n_lines, 0);
        (void)fixture_get(&s->f, s->company_user, "WithdrawPresence", withdrawal(s, one.placement, there));
        assert_int_equal(gone(s, s->facilitator)->n_lines, 1);
        (void)fixture_get(&s->f, s->facilitator, "WithdrawPresence", withdrawal(s, one.placement, left));
        assert_int_equal(gone(s, s->facilitator)->n_lines, 0);
        assert_int_equal(held(s, s->facilitator, one.placement)->happened_on->days, day_number(scene_day(2026, 10, 2)));
        (void)fixture_refused(&s->f, s->facilitator, "WithdrawPresence", withdrawal(s, one.placement, left),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* All of them withdrawn: nothing was heard of her. */
static void test_silent_again(void **state)
{
        struct scene *s = *state;
        struct stated one = open_one(s);
        struct id there = state_it(s, s->company_user, answer(s, one.placement, THERE, 10, 16));
        (void)fixture_get(&s->f, s->company_user, "WithdrawPresence", withdrawal(s, one.placement, there));
        assert_null(held(s, s->company_user, one.placement));
        const Tracking__FollowUpDueReply *due = noted_due(s, s->facilitator, false);
        assert_int_equal(due->lines[0]->since->days, day_number(scene_day(2026, 3, 10)));
        assert_true(noted_list(s, one.person)->contacts[0]->withdrawn);
        assert_string_equal(noted_texts(s, one.person)->contacts[0]->notes[0]->correction, WHY);
}

static void test_who_may(void **state)
{
        struct scene *s = *state;
        struct stated one = open_one(s);
        const Tracking__StatePresence *command = answer(s, one.placement, THERE, 10, 16);
        refused(s, s->other_company_user, command, TYPES__REFUSAL_CODE__NOT_FOUND, "placementId");
        refused(s, s->stranger, command, TYPES__REFUSAL_CODE__NOT_FOUND, "placementId");
        refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__NOT_ALLOWED, "role");
        refused(s, s->auditor, command, TYPES__REFUSAL_CODE__NOT_ALLOWED, "role");
        struct id there = state_it(s, s->structure_user, command);
        const Tracking__WithdrawPresence *taken = withdrawal(s, one.placement, there);
        (void)fixture_refused(&s->f, s->company_user, "WithdrawPresence", taken, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->stranger, "WithdrawPresence", taken, TYPES__REFUSAL_CODE__NOT_FOUND);
        struct id noted_down = state_it(s, s->facilitator, command);
        assert_null(scene_last_event(s)->presence_stated->organisation);
        (void)fixture_refused(&s->f, s->structure_user, "WithdrawPresence", withdrawal(s, one.placement, noted_down),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        /* a contact that somebody made is no answer */
        struct id contact = noted(s, noted_recording(s, one.person, one.placement, noted_contact(s, 9, 14, "CALL")));
        (void)fixture_refused(&s->f, s->facilitator, "WithdrawPresence", withdrawal(s, one.placement, contact),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->facilitator, "CorrectContact",
                              noted_correction(s, one.person, noted_down, noted_contact(s, 9, 14, "CALL")),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_what_is_turned_away(void **state)
{
        struct scene *s = *state;
        struct stated one = open_one(s);
        Tracking__StatePresence *command = answer(s, one.placement, LEFT, 3, 9);
        refused(s, s->company_user, command, INVALID, "happenedOn"); /* the day before it began */
        refused(s, s->company_user, answer(s, one.placement, LEFT, 10, 19), INVALID, "happenedOn"); /* tomorrow */
        command = answer(s, one.placement, LEFT, 10, 16);
        command->reason_code = NULL;
        refused(s, s->company_user, command, INVALID, "reasonCode");
        command->reason_code = arena_text(&s->f.arena, "PIGEON");
        refused(s, s->company_user, command, INVALID, "reasonCode");
        command = answer(s, one.placement, THERE, 10, 16);
        command->reason_code = arena_text(&s->f.arena, "LEFT");
        refused(s, s->company_user, command, INVALID, "reasonCode");
        command = answer(s, one.placement, LEFT, 10, 16);
        command->text = arena_text(&s->f.arena, "sort de l'hôpital");
        refused(s, s->company_user, command, INVALID, "text");
        command = answer(s, one.placement, TRACKING__PRESENCE__PRESENCE_UNKNOWN, 10, 16);
        refused(s, s->company_user, command, INVALID, "answer");
        Tracking__WithdrawPresence *taken = withdrawal(s, one.placement, scene_name("no answer"));
        (void)fixture_refused(&s->f, s->company_user, "WithdrawPresence", taken, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* It is hers: taken out with her file, gone with her. */
static void test_exported_and_erased(void **state)
{
        struct scene *s = *state;
        struct stated one = open_one(s);
        Tracking__ExportPerson export = TRACKING__EXPORT_PERSON__INIT;
        Tracking__ErasePerson erasure = TRACKING__ERASE_PERSON__INIT;
        (void)state_it(s, s->structure_user, answer(s, one.placement, LEFT, 9, 21));
        export.beneficiary_id = erasure.beneficiary_id = scene_id(s, one.person);
        export.reason_code = erasure.erasure_code = arena_text(&s->f.arena, "PERSON_ASKED");
        export.reason = arena_text(&s->f.arena, "copie demandée le 12");
        const Tracking__PersonExport *whole = fixture_get(&s->f, s->facilitator, "ExportPerson", &export);
        assert_string_equal(whole->follow_up->contacts[0]->contact->text, WORDS);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, one.placement));
        (void)fixture_get(&s->f, s->facilitator, "ErasePerson", &erasure);
        assert_null(held(s, s->structure_user, one.placement));
        refused(s, s->structure_user, answer(s, one.placement, THERE, 10, 16), TYPES__REFUSAL_CODE__NOT_FOUND,
                "placementId");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_still_there),         TEST(test_gone),    TEST(test_which_answer_holds),
                TEST(test_silent_again),        TEST(test_who_may), TEST(test_what_is_turned_away),
                TEST(test_exported_and_erased),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
