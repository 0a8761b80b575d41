/* Random histories of the register of questions: every command of it, by every role, in any order. There is no path
 * from "question asked" to "one company answered": at every moment
 *   - what a company can read of the answers is the same for all of them, byte for byte;
 *   - nothing of an answer can be read by a company, nor leaves the daemon, before the buyer published it;
 *   - what is published is the text that was sent to the buyer, and was sent before. */
#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

#include "common/base/require.h"
#include "common/codec/catalogue.h"

enum { STEPS = 600, SWEEP_EVERY = 25, QUESTIONS = 14, CONTRACTS = 2, TOKEN_SIZE = 16 };

/* What the history knows of a question beside the daemon. */
struct question {
        Types__Id *id;
        size_t contract;
        char drafted[TOKEN_SIZE], sent[TOKEN_SIZE], published[TOKEN_SIZE]; /* words that stand in the answer */
        uint32_t publication;
};

struct history {
        struct fixture *f;
        Types__Id *contracts[CONTRACTS];
        uint32_t published[CONTRACTS];
        struct question questions[QUESTIONS];
        size_t count;
        char tokens[STEPS][TOKEN_SIZE]; /* of all drafts */
        size_t token_count;
        const Wire__Passport *actors[11];
};

enum { FACILITATOR_HERE, FACILITATOR_ELSEWHERE, COORDINATOR, BUYER_HERE, FIRST_OTHER };

static uint32_t dice(struct history *history, uint32_t sides)
{
        uint32_t value;
        history->f->world.random(&history->f->world, &value, sizeof(value));
        return value % sides;
}

/* ---- one step: some command, by somebody */

static bool accepted(struct history *history, size_t actor, const char *method, const void *command)
{
        return fixture_ask(history->f, history->actors[actor], method, command).body != NULL;
}

static void ask_question(struct history *history, size_t actor)
{
        struct fixture *f = history->f;
        size_t contract = dice(history, CONTRACTS);
        if (history->count == QUESTIONS)
                return;
        Contracts__RecordQuestion *command = question_on(f, history->contracts[contract]);
        struct engine_answer answer = fixture_ask(f, history->actors[actor], "RecordQuestion", command);
        if (answer.body == NULL)
                return;
        assert_true(actor == FACILITATOR_HERE || actor == COORDINATOR || actor == BUYER_HERE);
        history->questions[history->count++] = (struct question){
                .id = ((const Contracts__RecordQuestionReply *)(const void *)answer.body)->question_id,
                .contract = contract,
        };
}

static void draft(struct history *history, size_t actor, struct question *question)
{
        struct fixture *f = history->f;
        char *token = history->tokens[history->token_count++];
        Contracts__DraftAnswer *command = draft_of(f, question->id);
        (void)snprintf(token, TOKEN_SIZE, "mot%05u", (unsigned)history->token_count);
        command->answer = arena_printf(&f->arena, "Réponse pour tous %s.", token);
        if (!accepted(history, actor, "DraftAnswer", command))
                return;
        assert_true(actor == FACILITATOR_HERE || actor == COORDINATOR);
        (void)memcpy(question->drafted, token, TOKEN_SIZE);
        question->sent[0] = '\0';
}

static void send_one(struct history *history, size_t actor, struct question *question)
{
        if (!accepted(history, actor, "SendAnswer", sending_of(history->f, question->id)))
                return;
        assert_true(actor == FACILITATOR_HERE || actor == COORDINATOR);
        assert_true(question->drafted[0] != '\0');
        (void)memcpy(question->sent, question->drafted, TOKEN_SIZE);
}

static void publish_one(struct history *history, size_t actor, struct question *question)
{
        struct fixture *f = history->f;
        Contracts__PublishAnswer *command = publication_of(f, question->id);
        if (dice(history, 2) == 0) {
                command->published_on = day_to(&f->arena, day_of_instant_ms(f->world.now_ms_value));
                command->reference = arena_text(&f->arena, "profil d'acheteur");
        }
        if (!accepted(history, actor, "PublishAnswer", command))
                return;
        assert_true(actor == BUYER_HERE ||
                    ((actor == FACILITATOR_HERE || actor == COORDINATOR) && command->reference[0] != '\0'));
        assert_true(question->sent[0] != '\0');      /* it went through the buyer */
        assert_true(question->published[0] == '\0'); /* once */
        (void)memcpy(question->published, question->sent, TOKEN_SIZE);
        question->publication = ++history->published[question->contract];
}

static void step(struct history *history)
{
        struct fixture *f = history->f;
        size_t actor = dice(history, 3) == 0 ? dice(history, ARRAY_SIZE(history->actors)) : dice(history, FIRST_OTHER);
        struct question *question =
                &history->questions[history->count == 0 ? 0 : dice(history, (uint32_t)history->count)];
        uint32_t what = history->count == 0 ? 0 : dice(history, 10);
        Contracts__SetQuestionAside aside = CONTRACTS__SET_QUESTION_ASIDE__INIT;
        Contracts__PostponeOffers postpone = CONTRACTS__POSTPONE_OFFERS__INIT;

        switch (what) {
        case 0: ask_question(history, actor); break;
        case 1:
        case 2: draft(history, actor, question); break;
        case 3:
        case 4:
        case 5: send_one(history, actor, question); break;
        case 6:
        case 7: publish_one(history, actor, question); break;
        case 8:
                aside.question_id = question->id;
                aside.reason = arena_text(&f->arena, "hors sujet");
                if (dice(history, 12) == 0)
                        (void)accepted(history, actor, "SetQuestionAside", &aside);
                break;
        default:
                postpone.contract_id = history->contracts[dice(history, CONTRACTS)];
                postpone.offers_due_on = a_day(f, 2026, 11, 10 + (int)dice(history, 20));
                postpone.reason = arena_text(&f->arena, "report");
                (void)accepted(history, actor, "PostponeOffers", &postpone);
                break;
        }
        f->world.now_ms_value += dice(history, 60000);
}

/* ---- what must hold */

static bool holds(struct slice bytes, const char *token)
{
        size_t size = strlen(token);
        for (size_t i = 0; i + size <= bytes.size; i++)
                if (memcmp(bytes.data + i, token, size) == 0)
                        return true;
        return false;
}

static bool is_published(const struct history *history, const char *token)
{
        for (size_t i = 0; i < history->count; i++)
                if (strcmp(history->questions[i].published, token) == 0)
                        return true;
        return false;
}

static void check_nothing_early(const struct history *history, struct slice bytes, const char *where)
{
        for (size_t i = 0; i < history->token_count; i++)
                if (holds(bytes, history->tokens[i]) && !is_published(history, history->tokens[i]))
                        fail_msg("%s: %s is not published", where, history->tokens[i]);
}

/* All companies and structures read the same, and it is what the buyer published, in its order. */
static void check_readers(struct history *history)
{
        struct fixture *f = history->f;
        for (size_t c = 0; c < CONTRACTS; c++) {
                struct slice first = {0};
                for (uint8_t company = 1; company <= 4; company++) {
                        Types__Role role = company == 4 ? TYPES__ROLE__STRUCTURE : TYPES__ROLE__COMPANY;
                        const Contracts__PublishedAnswersReply *read =
                                read_answers(f, of_organisation(f, role, company), history->contracts[c]);
                        struct slice bytes = pb_encode(read, &f->arena);
                        assert_int_equal(read->n_answers, history->published[c]);
                        if (company == 1)
                                first = bytes;
                        assert_true(slice_equal(first, bytes));
                        check_nothing_early(history, bytes, "PublishedAnswers");
                        for (size_t q = 0; q < history->count; q++)
                                if (history->questions[q].contract == c && history->questions[q].publication > 0)
                                        assert_non_null(
                                                strstr(read->answers[history->questions[q].publication - 1]->answer,
                                                       history->questions[q].published));
                }
        }
}

static void *about(struct fixture *f, const ProtobufCMessageDescriptor *type, Types__Id *contract)
{
        ProtobufCMessage *message = pb_new(type, &f->arena);
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(type, "contract_id");
        if (field != NULL)
                *(Types__Id **)(void *)((char *)message + field->offset) = contract;
        return message;
}

/* Every query of the daemon, asked by companies, one of which owes hours of the first contract. */
static void sweep(struct history *history)
{
        struct fixture *f = history->f;
        for (size_t i = 0; i < contracts_spec.dispatch_count; i++) {
                const struct dispatch_row *row = &contracts_spec.dispatch[i];
                struct catalogue_method method;
                if (row->mode != MODE_QUERY)
                        continue;
                assert_true(catalogue_method(arena_printf(&f->arena, "contracts.%s", row->method), &method));
                for (size_t c = 0; c < CONTRACTS; c++)
                        for (uint8_t company = 1; company <= 2; company++) {
                                const struct engine_answer answer =
                                        fixture_ask(f, of_organisation(f, TYPES__ROLE__COMPANY, company), row->method,
                                                    about(f, method.method->input, history->contracts[c]));
                                if (answer.body != NULL)
                                        check_nothing_early(history, pb_encode(answer.body, &f->arena), row->method);
                        }
        }
        uint64_t after = 0;
        struct slice told;
        do { /* what other daemons get */
                told = engine_take_events(f->engine, &after, 1 << 20, &f->arena);
                check_nothing_early(history, told, "events");
        } while (after < engine_position(f->engine));
}

static void run(struct fixture *f, uint64_t seed)
{
        struct history *history = calloc(1, sizeof(*history));
        assert_non_null(history);
        f->world.seed_state = seed;
        history->f = f;
        history->contracts[0] = a_consultation(f);
        Contracts__RecordObligation *owing =
                obligation_on(f, put_clause(f, clause_on(f, history->contracts[0]))->clause_id);
        (void)record_obligation(f, owing); /* company 1 reads the page of facts */
        history->contracts[1] = a_contract_of_ours(f);
        (void)fixture_get(f, facilitator(f), "OpenConsultation", opening_of(f, history->contracts[1]));
        const Wire__Passport *actors[] = {
                facilitator(f),
                fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"),
                coordinator(f),
                the_buyer(f),
                of_organisation(f, TYPES__ROLE__BUYER, 6),
                of_organisation(f, TYPES__ROLE__COMPANY, 1),
                of_organisation(f, TYPES__ROLE__COMPANY, 2),
                of_organisation(f, TYPES__ROLE__STRUCTURE, 3),
                of_organisation(f, TYPES__ROLE__PRESCRIBER, 4),
                fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"),
                fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*"),
        };
        (void)memcpy(history->actors, actors, sizeof(actors));
        for (size_t i = 0; i < STEPS; i++) {
                step(history);
                check_readers(history);
                if (i % SWEEP_EVERY == 0)
                        sweep(history);
        }
        sweep(history);
        assert_true(history->published[0] + history->published[1] > 3); /* it went all the way, several times */
        free(history);
}

static void test_random_history_1(void **state)
{
        run(*state, 1);
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
