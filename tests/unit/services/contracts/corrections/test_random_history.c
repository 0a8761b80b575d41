/* Random histories of acts and corrections in any order of days: what stands at the end is what a history gives in
 * which only the right acts stood, each on its day.
 *
 * A history is drawn: acts of all rooms with their real days. First it is lived as it should have been: in the order
 * of the days; what is refused then is no part of it. Then it is lived as it is: entered in any order, with wrong
 * acts in between, which are found out and withdrawn. Where a right act is refused, the desk does what a person
 * would: it tries again later, withdraws what is wrong, and at last what is right but stands in the way, to enter it
 * again behind. Then all rows, accounts and sums of both worlds are compared, ids, event numbers and letters aside.
 *
 * GUICHET_HISTORIES: how many. GUICHET_HISTORY: one alone, told act by act. */
#include "tests/unit/services/contracts/corrections/drawn_acts.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/codec/json.h"
#include "services/contracts/control/control_rows.h"
#include "services/contracts/corrections/kept_rows.h"
#include "services/contracts/ledger/stage.h"
#include "tests/unit/services/contracts/corrections/withdrawing.h"

enum { HISTORIES = 120, TRIES_MAX = 400 };

/* ---- lived */

static void say(const struct history *history, const char *what, size_t i, const struct engine_answer *answer)
{
        if (!history->is_told)
                return;
        const struct act *act = &history->acts[i];
        print_message("%-10s %2zu %-22s jour %3d %s %s\n", what, i, method_of[act->kind], (int)act->day,
                      act->is_wrong ? "FAUX" : "", answer->refusal == NULL ? "" : answer->refusal->text);
}

/* Whether it is granted. One about a thing that is not there is not even asked. */
static bool enter(const struct history *history, struct lived *lived, size_t i)
{
        const struct act *act = &history->acts[i];
        uint64_t before = engine_position(lived->f->engine);
        if (act->of != i && lived->made[act->of] == NULL)
                return false;
        lived->f->world.now_ms_value += 10;
        struct engine_answer answer =
                fixture_ask(lived->f, facilitator(lived->f), method_of[act->kind], command_of(lived, act));
        say(history, answer.body != NULL ? "entré" : "refusé", i, &answer);
        if (answer.body == NULL)
                return false;
        lived->number[i] = engine_position(lived->f->engine);
        if (lived->number[i] == before) { /* it was said already: it is no act */
                lived->number[i] = 0;
                return false;
        }
        label_made(lived, i, act, answer.body);
        return true;
}

/* As it should have been: in the order of the days, without what is wrong. */
static void live_rightly(struct history *history, struct lived *lived)
{
        for (int32_t day = 0; day < 2 * YEAR_DAYS; day++)
                for (size_t i = 0; i < history->count; i++)
                        if (history->acts[i].day == day && !history->acts[i].is_wrong)
                                history->acts[i].is_right = enter(history, lived, i);
}

/* The act of that event, or of one that its command recorded. */
static size_t act_numbered(const struct history *history, const struct lived *lived, uint64_t number)
{
        size_t found = history->count;
        for (size_t i = 0; i < history->count; i++)
                if (lived->number[i] >= number && (found == history->count || lived->number[i] < lived->number[found]))
                        found = i;
        return found;
}

/* Withdraws the act, and first whatever rests on it. */
static void take_back(const struct history *history, struct lived *lived, size_t i)
{
        for (int tries = 0; lived->number[i] != 0; tries++) {
                assert_true(tries < ACTS_MAX);
                const struct act *act = &history->acts[i];
                Contracts__WithdrawAct *command = withdrawal_of(lived->f, file_of(lived, act), lived->number[i]);
                struct engine_answer answer = fixture_ask(lived->f, facilitator(lived->f), "WithdrawAct", command);
                say(history, answer.body != NULL ? "annulé" : "tenu", i, &answer);
                if (answer.body != NULL) {
                        lived->number[i] = 0;
                        lived->made[i] = NULL;
                        return;
                }
                const char *number = strstr(answer.refusal->text, "n° ");
                if (number == NULL)
                        fail_msg("%s: %s", method_of[act->kind], answer.refusal->text);
                size_t resting = act_numbered(history, lived, strtoull(number + strlen("n° "), NULL, 10));
                if (resting == history->count || resting == i)
                        fail_msg("%s: %s", method_of[act->kind], answer.refusal->text);
                take_back(history, lived, resting);
        }
}

static bool is_pending(const struct history *history, const struct lived *lived, size_t i)
{
        return history->acts[i].is_right && lived->number[i] == 0;
}

static size_t first_pending(const struct history *history, const struct lived *lived)
{
        size_t found = history->count;
        for (size_t i = 0; i < history->count; i++)
                if (is_pending(history, lived, i) &&
                    (found == history->count || history->acts[i].day < history->acts[found].day))
                        found = i;
        return found;
}

/* All that stands and is wrong; or, where `later_than` is a day, what is right and of a later one. */
static bool take_back_all(const struct history *history, struct lived *lived, int32_t later_than)
{
        bool any = false;
        for (size_t i = history->count; i-- > 0;) {
                bool goes = later_than == INT32_MIN ? history->acts[i].is_wrong : history->acts[i].day >= later_than;
                if (goes && lived->number[i] != 0) {
                        take_back(history, lived, i);
                        any = true;
                }
        }
        return any;
}

static void live_as_it_is(struct history *history, struct lived *lived)
{
        for (size_t tries = 0; tries < TRIES_MAX; tries++) {
                size_t i = dice(history, (uint32_t)history->count);
                const struct act *act = &history->acts[i];
                if (lived->number[i] == 0 && (act->is_wrong || act->is_right))
                        (void)enter(history, lived, i);
                else if (act->is_wrong && lived->number[i] != 0 && dice(history, 4) == 0)
                        take_back(history, lived, i); /* found out */
                if (tries > TRIES_MAX / 2 && dice(history, 20) == 0 && first_pending(history, lived) == history->count)
                        break;
        }
        (void)take_back_all(history, lived, INT32_MIN);
        for (size_t rounds = 0; first_pending(history, lived) != history->count; rounds++) {
                bool any = false;
                for (int32_t day = 0; day < 2 * YEAR_DAYS; day++)
                        for (size_t i = 0; i < history->count; i++)
                                if (history->acts[i].day == day && is_pending(history, lived, i))
                                        any = enter(history, lived, i) || any;
                if (any)
                        continue;
                size_t stuck = first_pending(history, lived);
                if (rounds > ACTS_MAX || !take_back_all(history, lived, history->acts[stuck].day - 60))
                        fail_msg("GUICHET_HISTORY=%llu: act %zu, %s, finds no way in",
                                 (unsigned long long)history->seed, stuck, method_of[history->acts[stuck].kind]);
        }
}

/* ---- compared */

static bool is_aside(const char *key, const json_t *value)
{
        static const char *const aside[] = {"noticeText", "textsVersion", "letter", "touched", "lineId", "person"};
        for (size_t i = 0; i < ARRAY_SIZE(aside); i++)
                if (strcmp(key, aside[i]) == 0)
                        return true;
        return strcmp(key, "number") == 0 && !json_is_object(value) && json_string_value(value) != NULL &&
               strspn(json_string_value(value), "0123456789") == strlen(json_string_value(value));
}

static int by_text(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

static json_t *in_order(struct fixture *f, json_t *value);

static json_t *list_in_order(struct fixture *f, json_t *list)
{
        size_t count = json_array_size(list);
        char **texts = arena_zalloc(&f->arena, (count + 1) * sizeof(*texts));
        for (size_t i = 0; i < count; i++) {
                json_t *item = in_order(f, json_array_get(list, i));
                char *text = json_dumps(item, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
                texts[i] = arena_text(&f->arena, text);
                free(text);
                json_decref(item);
        }
        qsort(texts, count, sizeof(*texts), by_text);
        json_t *ordered = json_array();
        for (size_t i = 0; i < count; i++)
                json_array_append_new(ordered, json_string(texts[i]));
        return ordered;
}

/* The same whatever the order of entry: without what is aside, lists by what they hold. */
static json_t *in_order(struct fixture *f, json_t *value)
{
        if (json_is_array(value))
                return list_in_order(f, value);
        if (!json_is_object(value))
                return json_incref(value);
        json_t *object = json_object();
        const char *key;
        json_t *member;
        json_object_foreach (value, key, member)
                if (!is_aside(key, member))
                        json_object_set_new(object, key, in_order(f, member));
        return object;
}

static char *with_labels(const struct lived *lived, char *text)
{
        for (size_t i = 0; i < lived->thing_count; i++) {
                char id[ID_TEXT_SIZE];
                id_format(id_of(lived->things[i]), id);
                for (char *at = strstr(text, id); at != NULL; at = strstr(text, id))
                        text = arena_printf(&lived->f->arena, "%.*s%s%s", (int)(at - text), text, lived->labels[i],
                                            at + strlen(id));
        }
        return text;
}

struct lines {
        char **list;
        size_t count;
};

static void add_line(struct lines *lines, struct lived *lived, char *text)
{
        lines->list = pb_append(lines->list, &lines->count, sizeof(*lines->list), &lived->f->arena);
        lines->list[lines->count - 1] = with_labels(lived, text);
}

static void add_message(struct lines *lines, struct lived *lived, const ProtobufCMessage *row)
{
        struct fixture *f = lived->f;
        json_t *json = json_of_message(row), *ordered = in_order(f, json);
        char *text = json_dumps(ordered, JSON_COMPACT | JSON_SORT_KEYS);
        add_line(lines, lived, arena_printf(&f->arena, "%s %s", row->descriptor->short_name, text));
        free(text);
        json_decref(ordered);
        json_decref(json);
}

/* What follows from rows as they are read: the ends of suspensions, when a statement was complete, the stage. */
static void add_read(struct lines *lines, struct lived *lived, struct txn *txn)
{
        struct arena *arena = &lived->f->arena;
        Types__Id *const contracts[] = {lived->contract, lived->other, lived->declined, lived->consulted,
                                        lived->promised};
        Types__Id *const owing[] = {lived->lead, lived->member};
        for (size_t i = 0; i < ARRAY_SIZE(contracts); i++) {
                const Contracts__ContractFile *file = contracts_file_find(txn, arena, id_of(contracts[i]));
                if (file != NULL)
                        add_message(lines, lived, &file->base);
                add_line(lines, lived,
                         arena_printf(arena, "étape %zu %d", i,
                                      (int)contract_stage(txn, id_of(contracts[i]), file, day_of(on(lived, 200)))));
        }
        for (size_t i = 0; i < ARRAY_SIZE(owing); i++) {
                Contracts__StatementRow *rows[PERIODS];
                size_t count = control_statements_last(txn, arena, id_of(owing[i]), PERIODS, rows);
                for (size_t k = 0; k < count; k++)
                        add_message(lines, lived, &rows[k]->base);
        }
}

static void add_rows(struct lines *lines, struct lived *lived, struct txn *txn, const struct kept_row *kept)
{
        struct fixture *f = lived->f;
        struct scan scan = scan_prefix(txn, *kept->table, slice_of(NULL, 0));
        while (scan_next(&scan)) {
                const ProtobufCMessage *row = pb_decode(kept->type, scan.value, &f->arena);
                assert_non_null(row);
                add_message(lines, lived, row);
        }
        scan_end(&scan);
}

static void add_accounts(struct lines *lines, struct lived *lived, struct txn *txn)
{
        Types__Id *const owing[] = {lived->lead, lived->member, lived->third, lived->members[0], lived->members[1]};
        for (size_t i = 0; i <= ARRAY_SIZE(owing); i++) {
                struct arena *arena = &lived->f->arena;
                struct ledger ledger = i == ARRAY_SIZE(owing) ? contracts_ledger_of_all(txn, arena)
                                                              : contracts_ledger(txn, arena, id_of(owing[i]));
                char *text = arena_printf(arena, "compte %zu", i);
                for (size_t k = 0; k < ACCOUNT_COUNT; k++)
                        text = arena_printf(arena, "%s %lld", text, (long long)hours_hundredths(ledger.balance[k]));
                add_line(lines, lived, text);
        }
}

static struct lines lines_of(struct lived *lived)
{
        struct lines lines = {0};
        struct txn *txn = txn_begin_read(engine_store(lived->f->engine), NULL);
        assert_non_null(txn);
        for (size_t i = 0; i < kept_rows_count; i++)
                add_rows(&lines, lived, txn, &kept_rows[i]);
        add_accounts(&lines, lived, txn);
        add_read(&lines, lived, txn);
        txn_end_read(txn);
        qsort(lines.list, lines.count, sizeof(*lines.list), by_text);
        return lines;
}

/* NULL: they are the same; else the first line of the one that the other has not. */
static const char *difference(const struct lines *a, const struct lines *b)
{
        for (size_t i = 0; i < a->count || i < b->count; i++) {
                if (i >= a->count || (i < b->count && strcmp(a->list[i], b->list[i]) > 0))
                        return b->list[i];
                if (i >= b->count || strcmp(a->list[i], b->list[i]) < 0)
                        return a->list[i];
        }
        return NULL;
}

struct compared {
        size_t acts, wrong, withdrawn;
};

static void live_both(uint64_t seed, bool is_told, struct compared *sums)
{
        struct history history;
        struct lived right, real;
        draw_history(&history, seed);
        history.is_told = is_told;
        begin(&right);
        live_rightly(&history, &right);
        if (is_told)
                print_message("---- comme il est vécu\n");
        begin(&real);
        live_as_it_is(&history, &real);
        struct lines should = lines_of(&right), is = lines_of(&real);
        const char *apart = difference(&should, &is);
        if (apart != NULL)
                fail_msg("GUICHET_HISTORY=%llu: %s", (unsigned long long)seed, apart);
        for (size_t i = 0; i < history.count; i++) {
                sums->acts += history.acts[i].is_right;
                sums->wrong += history.acts[i].is_wrong;
        }
        sums->withdrawn += engine_position(real.f->engine) > engine_position(right.f->engine);
        end(&right);
        end(&real);
}

static void test_only_right_acts_stand(void **state)
{
        const char *one = getenv("GUICHET_HISTORY"), *many = getenv("GUICHET_HISTORIES");
        size_t count = many == NULL ? HISTORIES : strtoul(many, NULL, 10);
        struct compared sums = {0};
        (void)state;
        if (one != NULL) {
                live_both(strtoull(one, NULL, 10), true, &sums);
                return;
        }
        for (uint64_t seed = 1; seed <= count; seed++) {
                live_both(seed, false, &sums);
                if (seed % 1000 == 0)
                        print_message("%llu histoires\n", (unsigned long long)seed);
        }
        print_message("%zu histoires, %zu actes justes, %zu faux ; %zu avec annulations\n", count, sums.acts,
                      sums.wrong, sums.withdrawn);
        assert_true(sums.withdrawn > count / 2); /* it is about withdrawals */
}

/* The comparison sees: one act more that is withdrawn, and the worlds differ. */
static void test_a_right_act_too_many_is_seen(void **state)
{
        struct history history;
        struct lived right, real;
        size_t seen = 0, tried = 0;
        (void)state;
        for (uint64_t seed = 1; tried < 10; seed++) {
                draw_history(&history, seed);
                begin(&right);
                begin(&real);
                live_rightly(&history, &right);
                live_rightly(&history, &real);
                size_t last = history.count;
                for (size_t i = 0; i < history.count; i++)
                        if (real.number[i] != 0)
                                last = i;
                if (last != history.count) {
                        take_back(&history, &real, last);
                        struct lines should = lines_of(&right), is = lines_of(&real);
                        tried++;
                        seen += difference(&should, &is) != NULL;
                }
                end(&right);
                end(&real);
        }
        assert_int_equal(seen, tried);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_only_right_acts_stand),
                cmocka_unit_test(test_a_right_act_too_many_is_seen),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
