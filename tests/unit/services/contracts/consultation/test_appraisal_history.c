/* Random histories of appraisals: every command of it, by every role, in any order, on two lots with different readers.
 * At every moment, over every query of the daemon and all that it tells other daemons:
 *   - what is offered is read by the lot's readers, the coordinator and the buyer; once it won, by those who read what
 * is owed, but not by auditors;
 *   - a reader's marks are seen by the other only when both are given, and by nobody else but the coordinator then;
 *   - a lot is awarded once, by the buyer or with the reference of its decision, and what is owed is what was won. */
#include "tests/unit/services/contracts/consultation/appraisal_fixture.h"

#include "common/base/require.h"
#include "common/base/siret.h"
#include "common/codec/catalogue.h"

enum { STEPS = 260, SWEEP_EVERY = 20, LOTS = 2, OFFERS = 12, READERS = 2, TOKEN_SIZE = 16 };

enum who {
        ANNE,
        BRUNO,
        CHLOE,
        NO_READER,
        COORDINATOR,
        BUYER,
        ELSEWHERE,
        OTHER_BUYER,
        COMPANY_1,
        COMPANY_2,
        AUDITOR,
        WHO
};

struct offer {
        Types__Id *id;
        uint32_t lot;
        char offered[TOKEN_SIZE];
        char marks[READERS][TOKEN_SIZE]; /* by the lot's first and second reader; "": not given */
        bool agreed, won, of_company_1;
};

struct history {
        struct fixture *f;
        const Wire__Passport *actors[WHO];
        Types__Id *contract;
        struct offer offers[OFFERS];
        size_t count, awards;
        uint32_t tokens;
        bool awarded[LOTS + 1];
};

static const enum who readers_of[LOTS + 1][READERS] = {[1] = {ANNE, BRUNO}, [2] = {CHLOE, ANNE}};

static uint32_t dice(struct history *history, uint32_t sides)
{
        uint32_t value;
        history->f->world.random(&history->f->world, &value, sizeof(value));
        return value % sides;
}

static void new_token(struct history *history, char ret_token[TOKEN_SIZE])
{
        (void)snprintf(ret_token, TOKEN_SIZE, "mot%05u", (unsigned)++history->tokens);
}

/* Which of the lot's readers; READERS: none. */
static size_t reader_number(uint32_t lot, enum who who)
{
        size_t i = 0;
        while (i < READERS && readers_of[lot][i] != who)
                i++;
        return i;
}

static bool reads_lot(uint32_t lot, enum who who)
{
        return who == COORDINATOR || who == BUYER || reader_number(lot, who) < READERS;
}

/* ---- one step */

static void record_one(struct history *history, enum who who)
{
        struct fixture *f = history->f;
        if (history->count == OFFERS)
                return;
        struct offer *offer = &history->offers[history->count];
        Contracts__RecordOffer *command = offer_on(f, history->contract);
        command->lot = offer->lot = 1 + dice(history, LOTS);
        offer->of_company_1 = dice(history, 2) == 0;
        new_token(history, offer->offered);
        command->offer->tutoring = arena_text(&f->arena, offer->offered);
        command->offer->members[0]->siret = arena_alloc(&f->arena, SIRET_DIGITS + 1);
        siret_make(13002526, (unsigned)history->count, command->offer->members[0]->siret);
        if (!offer->of_company_1)
                command->offer->members[0]->organisation = NULL;
        struct engine_answer answer = fixture_ask(f, history->actors[who], "RecordOffer", command);
        if (answer.body == NULL)
                return;
        assert_true(reads_lot(offer->lot, who));
        assert_false(history->awarded[offer->lot]);
        offer->id = ((const Contracts__RecordOfferReply *)(const void *)answer.body)->offer_id;
        history->count++;
}

static void mark_one(struct history *history, enum who who, struct offer *offer)
{
        struct fixture *f = history->f;
        size_t reader = reader_number(offer->lot, who);
        char token[TOKEN_SIZE];
        Contracts__MarkOffer *command = marks_of(f, offer->id, dice(history, 201), dice(history, 201));
        new_token(history, token);
        command->marks[0]->reason = command->marks[1]->reason = arena_text(&f->arena, token);
        if (fixture_ask(f, history->actors[who], "MarkOffer", command).body == NULL)
                return;
        assert_true(reader < READERS);
        assert_true(offer->marks[0][0] == '\0' || offer->marks[1][0] == '\0'); /* not once both are seen */
        (void)memcpy(offer->marks[reader], token, TOKEN_SIZE);
}

static void agree_one(struct history *history, enum who who, struct offer *offer)
{
        struct fixture *f = history->f;
        Contracts__OfferMark *marks[] = {a_mark(f, 1, 100), a_mark(f, 2, 100)};
        Contracts__AgreeMarks *command = agreement_of(f, offer->id);
        command->marks = marks;
        command->n_marks = dice(history, 3);
        if (fixture_ask(f, history->actors[who], "AgreeMarks", command).body == NULL)
                return;
        assert_true(reader_number(offer->lot, who) < READERS);
        assert_true(offer->marks[0][0] != '\0' && offer->marks[1][0] != '\0');
        offer->agreed = true;
}

static void award_one(struct history *history, enum who who, struct offer *offer)
{
        struct fixture *f = history->f;
        Contracts__AwardContract *command = award_of(f, history->contract, offer->id);
        command->lot = dice(history, 5) == 0 ? 1 + dice(history, LOTS) : offer->lot;
        if (dice(history, 2) == 0)
                command->decision_reference = arena_text(&f->arena, "");
        struct engine_answer answer = fixture_ask(f, history->actors[who], "AwardContract", command);
        if (answer.body == NULL)
                return;
        const Contracts__AwardContractReply *reply = (const void *)answer.body;
        bool is_facilitator = who == COORDINATOR || who <= NO_READER;
        assert_true(who == BUYER || (is_facilitator && command->decision_reference[0] != '\0'));
        assert_int_equal(command->lot, offer->lot);
        assert_false(history->awarded[offer->lot]);
        history->awarded[offer->lot] = offer->won = true;
        history->awards++;
        assert_int_equal(reply->n_obligations, 1);
        assert_int_equal(see_obligation(f, reply->obligations[0]->obligation_id)->lot, offer->lot);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

static void step(struct history *history)
{
        enum who who = (enum who)(dice(history, 4) == 0 ? dice(history, WHO) : dice(history, NO_READER));
        struct offer *offer = &history->offers[history->count == 0 ? 0 : dice(history, (uint32_t)history->count)];
        uint32_t what = history->count == 0 ? 0 : dice(history, 40);

        if (what < 6)
                record_one(history, who);
        else if (what < 26)
                mark_one(history, who, offer);
        else if (what < 39)
                agree_one(history, who, offer);
        else
                award_one(history, dice(history, 2) == 0 ? BUYER : who, offer);
        history->f->world.now_ms_value += dice(history, 60000);
}

/* ---- what must hold */

static bool may_read_offer(const struct offer *offer, enum who who)
{
        if (reads_lot(offer->lot, who))
                return true;
        return offer->won &&
               ((who == COMPANY_1 && offer->of_company_1) || who == NO_READER || who == ELSEWHERE || who <= CHLOE);
}

static bool may_read_marks(const struct offer *offer, size_t reader, enum who who)
{
        bool both = offer->marks[0][0] != '\0' && offer->marks[1][0] != '\0';
        return readers_of[offer->lot][reader] == who ||
               (both && (who == COORDINATOR || reader_number(offer->lot, who) < READERS));
}

static bool holds(struct slice bytes, const char *token)
{
        size_t size = strlen(token);
        for (size_t i = 0; i + size <= bytes.size; i++)
                if (memcmp(bytes.data + i, token, size) == 0)
                        return true;
        return false;
}

/* `who`: WHO for what no person reads but other daemons get. */
static void check_bytes(const struct history *history, struct slice bytes, enum who who, const char *where)
{
        for (size_t i = 0; i < history->count; i++) {
                const struct offer *offer = &history->offers[i];
                if (holds(bytes, offer->offered) && (who == WHO || !may_read_offer(offer, who)))
                        fail_msg("%s tells %d of offer %zu", where, (int)who, i);
                for (size_t r = 0; r < READERS; r++)
                        if (offer->marks[r][0] != '\0' && holds(bytes, offer->marks[r]) &&
                            (who == WHO || !may_read_marks(offer, r, who)))
                                fail_msg("%s tells %d of the marks of offer %zu by reader %zu", where, (int)who, i, r);
        }
}

static void set(ProtobufCMessage *message, const char *name, const void *value, size_t size)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        if (field != NULL && field->label != PROTOBUF_C_LABEL_REPEATED)
                (void)memcpy((char *)message + field->offset, value, size);
}

static void ask_all(struct history *history, const struct dispatch_row *row, uint32_t lot)
{
        struct fixture *f = history->f;
        struct catalogue_method method;
        assert_true(catalogue_method(arena_printf(&f->arena, "contracts.%s", row->method), &method));
        for (int who = 0; who < WHO; who++) {
                ProtobufCMessage *query = pb_new(method.method->input, &f->arena);
                set(query, "contract_id", &history->contract, sizeof(history->contract));
                set(query, "lot", &lot, sizeof(lot));
                struct engine_answer answer = fixture_ask(f, history->actors[who], row->method, query);
                if (answer.body != NULL)
                        check_bytes(history, pb_encode(answer.body, &f->arena), (enum who)who, row->method);
        }
}

static void sweep(struct history *history)
{
        for (size_t i = 0; i < contracts_spec.dispatch_count; i++)
                for (uint32_t lot = 1; lot <= LOTS; lot++)
                        if (contracts_spec.dispatch[i].mode == MODE_QUERY)
                                ask_all(history, &contracts_spec.dispatch[i], lot);
        uint64_t after = 0;
        do
                check_bytes(history, engine_take_events(history->f->engine, &after, 1 << 20, &history->f->arena), WHO,
                            "events");
        while (after < engine_position(history->f->engine));
}

static void begin(struct history *history)
{
        struct fixture *f = history->f;
        history->contract = an_appraisal(f);
        Contracts__PutAppraisalGrid *second = grid_of(f, history->contract);
        second->lot = 2;
        second->readers[0] = reader_of(f, "chloe");
        second->readers[1] = reader_of(f, "anne");
        (void)fixture_get(f, facilitator(f), "PutAppraisalGrid", second);
        const Wire__Passport *actors[WHO] = {
                [ANNE] = anne(f),
                [BRUNO] = bruno(f),
                [CHLOE] = named(f, facilitator(f), "chloe"),
                [NO_READER] = facilitator(f),
                [COORDINATOR] = coordinator(f),
                [BUYER] = the_buyer(f),
                [ELSEWHERE] = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"),
                [OTHER_BUYER] = of_organisation(f, TYPES__ROLE__BUYER, 6),
                [COMPANY_1] = of_organisation(f, TYPES__ROLE__COMPANY, 1),
                [COMPANY_2] = of_organisation(f, TYPES__ROLE__COMPANY, 2),
                [AUDITOR] = fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"),
        };
        (void)memcpy(history->actors, actors, sizeof(actors));
}

static void run(struct fixture *f, uint64_t seed)
{
        struct history *history = calloc(1, sizeof(*history));
        size_t agreed = 0;
        assert_non_null(history);
        f->world.seed_state = seed;
        history->f = f;
        begin(history);
        for (size_t i = 0; i < STEPS; i++) {
                step(history);
                if (i % SWEEP_EVERY == 0)
                        sweep(history);
        }
        award_one(history, BUYER, &history->offers[0]); /* at the latest now, if chance did not */
        sweep(history);
        for (size_t i = 0; i < history->count; i++)
                agreed += history->offers[i].agreed;
        assert_true(agreed > 0 && history->awards > 0); /* it went all the way */
        free(history);
}

static void test_random_history_1(void **state)
{
        run(*state, 7);
}

static void test_random_history_2(void **state)
{
        run(*state, 20261122);
}

static void test_random_history_3(void **state)
{
        run(*state, UINT64_C(0xfeedbeef12345678));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_random_history_1, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_random_history_2, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_random_history_3, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
