/* KnownPerson and KnownElsewhere: known here, known there, and who may learn what. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/persons/known.h"
#include "tests/unit/services/tracking/persons/doubles.h"

static Tracking__KnownPerson *question(struct scene *s, Tracking__Identity *identity, const char *territory)
{
        Tracking__KnownPerson *command = pb_new(&tracking__known_person__descriptor, &s->f.arena);
        command->identity = identity;
        command->territory = arena_text(&s->f.arena, territory);
        command->reason_code = arena_text(&s->f.arena, "PLACEMENT");
        return command;
}

static const Tracking__KnownPersonReply *ask(struct scene *s, const Wire__Passport *actor, Tracking__Identity *identity)
{
        return fixture_get(&s->f, actor, "KnownPerson", question(s, identity, "31"));
}

static void test_known_by_another_spelling(void **state)
{
        struct scene *s = *state;
        struct id id = referred(s, "Quatrebarbes-Essai", "Zéphirine", "31");
        uint64_t before = engine_position(s->f.engine);
        const Tracking__KnownPersonReply *reply =
                ask(s, s->facilitator, named(s, "QUATREBARBES", "zephirine", scene_day(1990, 5, 17)));
        assert_int_equal(reply->n_known, 1);
        assert_int_equal(reply->known[0]->sureness, TRACKING__SURENESS__PROBABLE);
        assert_true(id_equal(id_of(reply->known[0]->beneficiary_id), id));
        assert_string_equal(reply->known[0]->territory, "31");
        assert_int_equal(engine_position(s->f.engine), before + 1);
        const Tracking__Event *event = scene_last_event(s);
        assert_int_equal(event->body_case, TRACKING__EVENT__BODY_PERSON_SOUGHT);
        assert_true(id_equal(id_of(event->person_sought->beneficiary_id), id));

        reply = ask(s, s->facilitator, named(s, "Quatrebarbes", "Zéphirine", scene_day(1990, 5, 18)));
        assert_int_equal(reply->n_known, 0);
        assert_null(scene_last_event(s)->person_sought->beneficiary_id); /* that nobody was found is kept, too */
}

/* Security: whose file it is not learns a territory, and no more. */
static void test_who_learns_what(void **state)
{
        struct scene *s = *state;
        struct id other = scene_name("another prescriber");
        Wire__Passport *another = fixture_actor(&s->f, TYPES__ROLE__PRESCRIBER, &other, "31");
        Wire__Passport *of_81 = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "81");
        Tracking__Identity *identity = named(s, "Quatrebarbes", "Zéphirine", scene_day(1990, 5, 17));
        struct id id = id_of(refer_as(s, s->prescriber, identity, "31")->beneficiary_id);
        assert_true(id_equal(id_of(ask(s, s->prescriber, identity)->known[0]->beneficiary_id), id)); /* her own */
        const Tracking__KnownPersonReply *reply = ask(s, another, identity);
        assert_int_equal(reply->n_known, 1);
        assert_null(reply->known[0]->beneficiary_id);
        assert_string_equal(reply->known[0]->territory, "31");
        reply = fixture_get(&s->f, of_81, "KnownPerson", question(s, identity, "81"));
        assert_null(reply->known[0]->beneficiary_id);

        (void)fixture_refused(&s->f, s->company_user, "KnownPerson", question(s, identity, "31"),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->auditor, "KnownPerson", question(s, identity, "31"),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, of_81, "KnownPerson", question(s, identity, "31"),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Tracking__KnownPerson *no_reason = question(s, identity, "31");
        no_reason->reason_code = arena_text(&s->f.arena, "CURIOSITY");
        (void)fixture_refused(&s->f, s->facilitator, "KnownPerson", no_reason, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

/* The reading is listed to who asks for her; it names no reason in words, and is no contact. */
static void test_it_is_a_reading(void **state)
{
        struct scene *s = *state;
        Tracking__Identity *identity = named(s, "Quatrebarbes", "Zéphirine", scene_day(1990, 5, 17));
        struct id id = id_of(refer_as(s, s->prescriber, identity, "31")->beneficiary_id);
        Tracking__FileReadings query = TRACKING__FILE_READINGS__INIT;
        query.beneficiary_id = scene_id(s, id);
        (void)ask(s, s->prescriber, identity);
        const Tracking__FileReadingsReply *reply = fixture_get(&s->f, s->facilitator, "FileReadings", &query);
        assert_int_equal(reply->n_readings, 1);
        assert_true(reply->readings[0]->sought);
        assert_false(reply->readings[0]->reason_erased);
        assert_string_equal(reply->readings[0]->reason_code, "PLACEMENT");
}

static void test_restricted_is_known_and_erased_is_not(void **state)
{
        struct scene *s = *state;
        Tracking__Identity *identity = named(s, "Quatrebarbes", "Zéphirine", scene_day(1990, 5, 17));
        struct id id = id_of(refer_as(s, s->facilitator, identity, "31")->beneficiary_id);
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        restriction.beneficiary_id = scene_id(s, id);
        restriction.restriction_code = arena_text(&s->f.arena, "ACCURACY_CONTESTED");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        assert_int_equal(ask(s, s->facilitator, identity)->n_known, 1);
        Tracking__LiftRestriction lift = TRACKING__LIFT_RESTRICTION__INIT;
        lift.beneficiary_id = scene_id(s, id);
        lift.lifting_code = arena_text(&s->f.arena, "SETTLED");
        (void)fixture_ask(&s->f, s->facilitator, "LiftRestriction", &lift);
        struct id again = id_of(refer_as(s, s->facilitator, identity, "31")->beneficiary_id);
        erased(s, again);
        assert_int_equal(ask(s, s->facilitator, identity)->n_known, 1);
}

static void test_rectified_is_known_as_she_is(void **state)
{
        struct scene *s = *state;
        struct id id = referred(s, "Quatrebarbe", "Zéphirine", "31");
        Tracking__RectifyIdentity command = TRACKING__RECTIFY_IDENTITY__INIT;
        command.beneficiary_id = scene_id(s, id);
        command.identity = named(s, "Tournemine", "Zéphirine", scene_day(1990, 5, 17));
        command.reason = arena_text(&s->f.arena, "nom relu sur la pièce d'identité");
        (void)fixture_get(&s->f, s->facilitator, "RectifyIdentity", &command);
        assert_int_equal(ask(s, s->facilitator, named(s, "Quatrebarbe", "Zéphirine", scene_day(1990, 5, 17)))->n_known,
                         0);
        assert_int_equal(ask(s, s->facilitator, named(s, "Tournemine", "Zéphirine", scene_day(1990, 5, 17)))->n_known,
                         1);
}

/* A referral tells whom it may double, in the same words. */
static void test_a_referral_tells(void **state)
{
        struct scene *s = *state;
        struct id other = scene_name("another prescriber");
        Wire__Passport *another = fixture_actor(&s->f, TYPES__ROLE__PRESCRIBER, &other, "31");
        struct id id = referred(s, "Quatrebarbes", "Zéphirine", "31");
        Tracking__Identity *identity = named(s, "Quatrebarbes", "Zéphirine", scene_day(1990, 5, 17));
        const Tracking__ReferBeneficiaryReply *reply = refer_as(s, s->facilitator, identity, "31");
        assert_int_equal(reply->n_known, 1);
        assert_true(id_equal(id_of(reply->known[0]->beneficiary_id), id));
        reply = refer_as(s, another, identity, "31");
        assert_int_equal(reply->n_known, 1); /* two files, one territory */
        assert_null(reply->known[0]->beneficiary_id);
}

/* ---- other partitions */

static const struct tracking_config east_config = {.territories = "11,66", .rules = "deploy/rules"};

static Tracking__KnownElsewhere *elsewhere(struct scene *s, ProtobufCBinaryData ticket)
{
        Tracking__KnownElsewhere *query = pb_new(&tracking__known_elsewhere__descriptor, &s->f.arena);
        query->ticket = ticket;
        return query;
}

static void test_another_partition_is_asked_without_a_name(void **state)
{
        struct scene *west = *state, *east;
        void *east_state;
        assert_int_equal(scene_open_as(&east_state, &east_config, 2), 0);
        east = east_state;
        Wire__Passport *there = fixture_actor(&east->f, TYPES__ROLE__FACILITATOR, NULL, "66");
        (void)refer_as(east, there, named(east, "Quatrebarbes", "Zéphirine", scene_day(1990, 5, 17)), "66");

        const Tracking__KnownPersonReply *asked =
                ask(west, west->facilitator, named(west, "QUATREBARBES", "Zephirine", scene_day(1990, 5, 17)));
        assert_int_equal(asked->n_known, 0);
        struct slice ticket = pb_slice(asked->ticket);
        assert_null(memmem(ticket.data, ticket.size, "uatrebarbes", 11));
        const Tracking__KnownElsewhereReply *reply =
                fixture_get(&east->f, west->facilitator, "KnownElsewhere", elsewhere(east, asked->ticket));
        assert_int_equal(reply->n_known, 1);
        assert_string_equal(reply->known[0]->territory, "66");
        assert_null(reply->known[0]->beneficiary_id);
        reply = fixture_get(&west->f, west->facilitator, "KnownElsewhere", elsewhere(west, asked->ticket));
        assert_int_equal(reply->n_known, 0);

        /* Security: a ticket is of who asked, in that role, for some minutes, and nobody makes one. */
        (void)fixture_refused(&east->f, west->prescriber, "KnownElsewhere", elsewhere(east, asked->ticket),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        Wire__Passport *other = fixture_actor(&east->f, TYPES__ROLE__FACILITATOR, NULL, "31");
        other->user = arena_text(&east->f.arena, "quelqu'un d'autre");
        (void)fixture_refused(&east->f, other, "KnownElsewhere", elsewhere(east, asked->ticket),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        ProtobufCBinaryData changed = pb_bytes(arena_copy_slice(&east->f.arena, ticket));
        changed.data[changed.len / 2] ^= 1;
        (void)fixture_refused(&east->f, west->facilitator, "KnownElsewhere", elsewhere(east, changed),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        east->f.world.now_ms_value += (int64_t)(TICKET_MINUTES + 1) * 60000;
        (void)fixture_refused(&east->f, west->facilitator, "KnownElsewhere", elsewhere(east, asked->ticket),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_int_equal(scene_close(&east_state), 0);
}

/* ---- of somebody who has a file */

static Tracking__SeekDoubles *seeking(struct scene *s, struct id id)
{
        Tracking__SeekDoubles *command = pb_new(&tracking__seek_doubles__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, id);
        command->reason_code = arena_text(&s->f.arena, "PLACEMENT");
        return command;
}

static void test_by_her_file(void **state)
{
        struct scene *west = *state, *east;
        void *east_state;
        assert_int_equal(scene_open_as(&east_state, &east_config, 2), 0);
        east = east_state;
        Wire__Passport *there = fixture_actor(&east->f, TYPES__ROLE__FACILITATOR, NULL, "66");
        (void)refer_as(east, there, named(east, "Quatrebarbes", "Zéphirine", scene_day(1990, 5, 17)), "66");
        struct id id = referred(west, "QUATREBARBES", "Zephirine", "31");
        uint64_t before = engine_position(west->f.engine);
        const Tracking__SeekDoublesReply *reply =
                fixture_get(&west->f, west->facilitator, "SeekDoubles", seeking(west, id));
        assert_int_equal(reply->n_known, 0);
        assert_int_equal(reply->n_files, 1);
        assert_int_equal(engine_position(west->f.engine), before + 1); /* a reading of her own file */
        assert_true(id_equal(id_of(scene_last_event(west)->person_sought->beneficiary_id), id));
        const Tracking__KnownElsewhereReply *found =
                fixture_get(&east->f, west->facilitator, "KnownElsewhere", elsewhere(east, reply->ticket));
        assert_int_equal(found->n_known, 1);
        assert_string_equal(found->known[0]->territory, "66");
        assert_null(found->known[0]->beneficiary_id);

        struct id other = referred(west, "Quatrebarbes", "Zéphirine", "81");
        reply = fixture_get(&west->f, west->facilitator, "SeekDoubles", seeking(west, id));
        assert_int_equal(reply->n_known, 1);
        assert_true(id_equal(id_of(reply->known[0]->beneficiary_id), other));
        (void)fixture_get(&west->f, west->facilitator, "MergePersons", merging(west, id, other));
        reply = fixture_get(&west->f, west->facilitator, "SeekDoubles", seeking(west, other));
        assert_int_equal(reply->n_known, 0); /* she herself */
        assert_int_equal(reply->n_files, 2);
        assert_int_equal(scene_close(&east_state), 0);
}

static void test_by_her_file_who_may(void **state)
{
        struct scene *s = *state;
        struct id id = referred(s, "Quatrebarbes", "Zéphirine", "31");
        Wire__Passport *of_81 = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "81");
        Tracking__SeekDoubles *command = seeking(s, id);
        (void)fixture_refused(&s->f, of_81, "SeekDoubles", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->prescriber, "SeekDoubles", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->facilitator, "SeekDoubles", seeking(s, scene_name("nobody")),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        command->reason_code = NULL;
        (void)fixture_refused(&s->f, s->facilitator, "SeekDoubles", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        restriction.beneficiary_id = scene_id(s, id);
        restriction.restriction_code = arena_text(&s->f.arena, "ACCURACY_CONTESTED");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        (void)fixture_refused(&s->f, s->facilitator, "SeekDoubles", seeking(s, id), TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* Keys that are not the same are told, not taken for "nobody". */
static void test_partitions_of_two_keys_say_so(void **state)
{
        static const uint8_t a_key[SHARED_KEY_SIZE] = "the key of the other machine..";
        struct scene *west = *state, *east;
        void *east_state;
        assert_int_equal(scene_open_as(&east_state, &east_config, 2), 0);
        east = east_state;
        east->f.shared_key = a_key;
        fixture_reopen(&east->f);
        const Tracking__KnownPersonReply *asked =
                ask(west, west->facilitator, named(west, "Quatrebarbes", "Zéphirine", scene_day(1990, 5, 17)));
        const Types__Refusal *refusal =
                fixture_refused(&east->f, west->facilitator, "KnownElsewhere", elsewhere(east, asked->ticket),
                                TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_non_null(strstr(refusal->text, "persons.key"));
        assert_int_equal(scene_close(&east_state), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_known_by_another_spelling, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_who_learns_what, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_it_is_a_reading, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_restricted_is_known_and_erased_is_not, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_rectified_is_known_as_she_is, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_referral_tells, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_another_partition_is_asked_without_a_name, scene_open,
                                                scene_close),
                cmocka_unit_test_setup_teardown(test_by_her_file, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_by_her_file_who_may, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_partitions_of_two_keys_say_so, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
