/* What an identity is found by: rule by rule, then measured over made families: how many of the ways in which people
 * write a person find her (recall), and how many of those who are found are she (precision). */
#include "services/tracking/persons/identity_keys.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/attr.h"
#include "common/base/world.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

static struct arena arena;

static Tracking__Identity *identity(const char *family, const char *given, int year, int month, int day)
{
        Tracking__Identity *made = pb_new(&tracking__identity__descriptor, &arena);
        made->family_name = arena_text(&arena, family);
        made->given_name = arena_text(&arena, given);
        if (day != 0)
                made->born_on = day_to(&arena, day_of_civil((struct civil){year, month, day}));
        else if (month != 0)
                made->born_in = arena_printf(&arena, "%04d-%02d", year, month);
        else if (year != 0)
                made->born_in = arena_printf(&arena, "%04d", year);
        return made;
}

/* How sure the one is found by whoever asks for the other; 0: not at all. */
static Tracking__Sureness finds(const Tracking__Identity *asked, const Tracking__Identity *held)
{
        static struct identity_keys a, h;
        Tracking__Sureness best = TRACKING__SURENESS__SURENESS_UNKNOWN;
        identity_keys_asked(asked, &a);
        identity_keys_held(held, &h);
        for (size_t i = 0; i < a.count; i++)
                for (size_t n = 0; n < h.count; n++)
                        if (strcmp(a.at[i].text, h.at[n].text) == 0 && (best == 0 || a.at[i].sureness < best))
                                best = a.at[i].sureness;
        return best;
}

/* Whichever of the two came first. */
static void both_find(const Tracking__Identity *one, const Tracking__Identity *other, Tracking__Sureness wanted)
{
        assert_int_equal(finds(one, other), wanted);
        assert_int_equal(finds(other, one), wanted);
}

#define SAME     TRACKING__SURENESS__SAME_IDENTITY
#define PROBABLE TRACKING__SURENESS__PROBABLE
#define POSSIBLE TRACKING__SURENESS__POSSIBLE
#define NOBODY   TRACKING__SURENESS__SURENESS_UNKNOWN

static void test_spelling(void **state)
{
        (void)state;
        const Tracking__Identity *held = identity("Quatrebarbes-Essai", "Zéphirine", 1990, 5, 17);
        both_find(identity("QUATREBARBES ESSAI", "zephirine", 1990, 5, 17), held, SAME);
        both_find(identity("Zephirine", "Quatrebarbes Essai", 1990, 5, 17), held, SAME); /* names in the other order */
        both_find(identity("Quatrebarbes", "Zéphirine", 1990, 5, 17), held, PROBABLE);
        both_find(identity("Essai", "Zéphirine", 1990, 5, 17), held, PROBABLE);
        both_find(identity("Quatrebarbes-Essai", "Zéphirine", 1990, 5, 18), held, NOBODY);
        both_find(identity("Quatrebarbes-Essai", "Anatole", 1990, 5, 17), held, NOBODY);
}

static void test_particles(void **state)
{
        (void)state;
        both_find(identity("de La Tour", "Anne", 1980, 1, 2), identity("TOUR", "Anne", 1980, 1, 2), PROBABLE);
        both_find(identity("de La Tour", "Anne", 1980, 1, 2), identity("DELATOUR", "Anne", 1980, 1, 2), SAME);
        both_find(identity("D'Almeida", "Joao", 1980, 1, 2), identity("Almeida", "João", 1980, 1, 2), PROBABLE);
        both_find(identity("Ben Ali", "Nour", 1980, 1, 2), identity("BENALI", "Nour", 1980, 1, 2), SAME);
        both_find(identity("Ben Ali", "Nour", 1980, 1, 2), identity("Ali", "Nour", 1980, 1, 2), PROBABLE);
        both_find(identity("Le", "Thi Hoa", 1980, 1, 2), identity("LE", "Thi-Hoa", 1980, 1, 2), SAME);
}

static void test_married_and_birth_name(void **state)
{
        (void)state;
        Tracking__Identity *held = identity("Martin", "Claire", 1985, 7, 9);
        held->birth_name = arena_text(&arena, "Dupont");
        both_find(identity("Dupont", "Claire", 1985, 7, 9), held, PROBABLE);
        both_find(identity("Martin", "Claire", 1985, 7, 9), held, SAME);
        both_find(identity("Dupont-Martin", "Claire", 1985, 7, 9), held, PROBABLE);
        held = identity("Dupont épouse Martin", "Claire", 1985, 7, 9);
        both_find(identity("Martin", "Claire", 1985, 7, 9), held, PROBABLE);
        both_find(identity("MARTIN née DUPONT", "Claire", 1985, 7, 9), held, PROBABLE);
}

static void test_given_names(void **state)
{
        (void)state;
        const Tracking__Identity *held = identity("Diallo", "Marie Fatou Aminata", 1985, 7, 9);
        both_find(identity("Diallo", "Fatou", 1985, 7, 9), held, PROBABLE);
        both_find(identity("Diallo", "Marie-Fatou", 1985, 7, 9), held, PROBABLE);
        both_find(identity("Diallo", "Jeanne", 1985, 7, 9), held, NOBODY);
}

static void test_day_and_month_that_changed_places(void **state)
{
        (void)state;
        both_find(identity("Diallo", "Fatou", 1985, 7, 9), identity("Diallo", "Fatou", 1985, 9, 7), PROBABLE);
        both_find(identity("Diallo", "Fatou", 1985, 7, 9), identity("Diallo", "Fatou", 1985, 7, 19), NOBODY);
}

/* H11: a birth that is known by year, or not at all, and one name. */
static void test_births_that_are_not_known_whole(void **state)
{
        (void)state;
        const Tracking__Identity *day = identity("Diallo", "Fatou", 1985, 7, 9);
        const Tracking__Identity *month = identity("Diallo", "Fatou", 1985, 7, 0);
        const Tracking__Identity *year = identity("DIALLO", "Fatou", 1985, 0, 0);
        const Tracking__Identity *none = identity("Diallo", "Fatou", 0, 0, 0);
        both_find(day, year, POSSIBLE);
        both_find(day, month, POSSIBLE);
        both_find(month, year, POSSIBLE);
        both_find(year, identity("Diallo", "Fatou", 1985, 0, 0), SAME);
        both_find(day, none, POSSIBLE);
        both_find(year, none, POSSIBLE);
        both_find(none, identity("Fatou", "Diallo", 0, 0, 0), SAME);
        both_find(year, identity("Diallo", "Fatou", 1986, 7, 9), NOBODY);
        both_find(year, identity("Diallo", "Awa", 1985, 7, 9), NOBODY);
        both_find(identity("Diallo", "Fatou", 1985, 3, 1), day, NOBODY); /* the year alone does not do for two days */
}

static void test_one_name(void **state)
{
        (void)state;
        const Tracking__Identity *held = identity("Mohammadi", "", 1990, 1, 1);
        both_find(identity("MOHAMMADI", "sans prénom", 1990, 1, 1), held, SAME);
        both_find(identity("Mohammadi", "Mohammadi", 1990, 1, 1), held, SAME);
        both_find(identity("SNP", "Mohammadi", 1990, 1, 1), held, SAME);
        both_find(identity("Mohammadi", "Ali", 1990, 1, 1), held, NOBODY);
}

static void test_names_of_all_kinds_make_keys(void **state)
{
        (void)state;
        static struct identity_keys keys;
        char many[400] = "";
        for (size_t i = 0; i < 60; i++)
                (void)snprintf(many + strlen(many), sizeof(many) - strlen(many), "n%02zu ", i);
        const char *const names[] = {"", "-", "d'", "محمد", many, "épouse", "ép. née"};
        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                identity_keys_held(identity(names[i], names[i], 1990, 1, 1), &keys);
                assert_true(keys.count >= 3 && keys.count <= IDENTITY_KEYS_MAX);
                identity_keys_asked(identity(names[i], "", 1990, 0, 0), &keys);
                assert_true(keys.count >= 3 && keys.count <= IDENTITY_KEYS_MAX);
        }
}

/* ---- measured */

static const char *const families[] = {
        "Martin",       "Bernard",  "Dubois",     "Thomas",    "Robert",    "Richard",  "Petit",    "Durand",
        "Leroy",        "Moreau",   "Simon",      "Laurent",   "Lefebvre",  "Michel",   "Garcia",   "David",
        "Bertrand",     "Roux",     "Vincent",    "Fournier",  "Morel",     "Girard",   "André",    "Lefèvre",
        "Mercier",      "Dupont",   "Lambert",    "Bonnet",    "François",  "Martinez", "Legrand",  "Garnier",
        "Faure",        "Rousseau", "Blanc",      "Guérin",    "Müller",    "Henry",    "Roussel",  "Nicolas",
        "Perrin",       "Morin",    "Mathieu",    "Clément",   "Gauthier",  "Diallo",   "Traoré",   "Koné",
        "Camara",       "Ben Ali",  "El Amrani",  "Benali",    "N'Diaye",   "Nguyễn",   "Da Silva", "De Sousa",
        "Le Goff",      "Le Gall",  "de La Tour", "D'Almeida", "Van Damme", "Kowalski", "Yılmaz",   "Öztürk",
        "Saint-Martin", "Abdallah", "Haddad",     "Saïdi",     "Mohammadi", "Ahmadi",   "Petrović", "Łukasik",
};
static const char *const givens[] = {
        "Marie",   "Nathalie", "Isabelle",    "Sylvie",       "Catherine",   "Françoise",     "Zéphirine", "Fatou",
        "Aïcha",   "Jean",     "Philippe",    "Michel",       "Alain",       "Patrick",       "Nicolas",   "Christophe",
        "Mohamed", "Ali",      "Jean-Pierre", "Marie-Claire", "Anne-Sophie", "Jean Baptiste", "Noël",      "Chloé",
        "Léa",     "Hélène",   "Inès",        "Ibrahim",      "Mamadou",     "Aminata",       "Yasmine",   "Karim",
        "Sofia",   "João",     "Özlem",       "Jürgen",       "Thị Hoa",     "Andrei",
};

enum { PERSONS = 20000, YEARS = 20, FIRST_YEAR = 1978 };

struct made {
        const char *family, *given;
        int year, month, day;
};
struct held_key {
        char text[KEY_TEXT_SIZE];
        size_t person;
};

static uint64_t draw(struct world *world, uint64_t below)
{
        uint64_t random;
        world->random(world, &random, sizeof(random));
        return random % below;
}

static int by_text(const void *a, const void *b)
{
        return strcmp(((const struct held_key *)a)->text, ((const struct held_key *)b)->text);
}

static Tracking__Identity *as_written(const struct made *p)
{
        return identity(p->family, p->given, p->year, p->month, p->day);
}

/* In capitals, as forms have it; of the accents only those that a keyboard has. */
static const char *shouted(const char *name)
{
        char *text = arena_text(&arena, name);
        for (char *at = text; *at != '\0'; at++)
                if (*at >= 'a' && *at <= 'z')
                        *at = (char)(*at - 'a' + 'A');
        return text;
}

static const char *without_signs(const char *name)
{
        char *text = arena_text(&arena, name);
        for (char *at = text; *at != '\0'; at++)
                if (*at == '-' || *at == '\'')
                        *at = ' ';
        return text;
}

static const char *joined(const char *name)
{
        char *text = arena_text(&arena, name), *to = text;
        for (const char *at = name; *at != '\0'; at++)
                if (*at != ' ' && *at != '-' && *at != '\'')
                        *to++ = *at;
        *to = '\0';
        return text;
}

static const char *first_word(const char *name)
{
        char *text = arena_text(&arena, name);
        text[strcspn(text, " -")] = '\0';
        return text;
}

static Tracking__Identity *shout(const struct made *p)
{
        return identity(shouted(p->family), shouted(p->given), p->year, p->month, p->day);
}
static Tracking__Identity *no_signs(const struct made *p)
{
        return identity(without_signs(p->family), without_signs(p->given), p->year, p->month, p->day);
}
static Tracking__Identity *in_one_word(const struct made *p)
{
        return identity(joined(p->family), joined(p->given), p->year, p->month, p->day);
}
static Tracking__Identity *other_order(const struct made *p)
{
        return identity(p->given, p->family, p->year, p->month, p->day);
}
static Tracking__Identity *first_given(const struct made *p)
{
        return identity(p->family, first_word(p->given), p->year, p->month, p->day);
}
static Tracking__Identity *double_name(const struct made *p)
{
        return identity(arena_printf(&arena, "%s-Quatrebarbes", p->family), p->given, p->year, p->month, p->day);
}
static Tracking__Identity *married(const struct made *p)
{
        return identity(arena_printf(&arena, "QUATREBARBES née %s", p->family), p->given, p->year, p->month, p->day);
}
static Tracking__Identity *day_for_month(const struct made *p)
{
        return p->day <= 12 ? identity(p->family, p->given, p->year, p->day, p->month) : as_written(p);
}
static Tracking__Identity *year_alone(const struct made *p)
{
        return identity(p->family, p->given, p->year, 0, 0);
}
static Tracking__Identity *no_birth(const struct made *p)
{
        return identity(p->family, p->given, 0, 0, 0);
}

static const struct way {
        const char *name;
        Tracking__Identity *(*write)(const struct made *person);
        double recall_min, precision_min;
} ways[] = {
        {"as written", as_written, 1.0, 0.99},       {"capitals", shout, 1.0, 0.99},
        {"without signs", no_signs, 1.0, 0.99},      {"in one word", in_one_word, 1.0, 0.99},
        {"other order", other_order, 1.0, 0.99},     {"first given name", first_given, 1.0, 0.98},
        {"double name", double_name, 1.0, 0.98},     {"married name", married, 1.0, 0.98},
        {"day for month", day_for_month, 1.0, 0.98}, {"year alone", year_alone, 1.0, 0.5},
        {"no birth", no_birth, 1.0, 0.05},
};

static struct made persons[PERSONS];
static struct held_key *held;
static size_t held_count;

static void make_persons(void)
{
        struct world world = world_seeded(55, 0);
        static struct identity_keys keys;
        held = calloc((size_t)PERSONS * 24, sizeof(*held));
        assert_non_null(held);
        for (size_t i = 0; i < PERSONS; i++) {
                persons[i] = (struct made){
                        families[draw(&world, ARRAY_SIZE(families))], givens[draw(&world, ARRAY_SIZE(givens))],
                        FIRST_YEAR + (int)draw(&world, YEARS), 1 + (int)draw(&world, 12), 1 + (int)draw(&world, 28)};
                identity_keys_held(as_written(&persons[i]), &keys);
                for (size_t n = 0; n < keys.count && held_count < (size_t)PERSONS * 24; n++) {
                        memcpy(held[held_count].text, keys.at[n].text, KEY_TEXT_SIZE);
                        held[held_count++].person = i;
                }
                arena_reset(&arena);
        }
        assert_true(held_count < (size_t)PERSONS * 24);
        qsort(held, held_count, sizeof(*held), by_text);
}

/* Two who were made alike are one, for whoever looks at what is written. */
static bool is_she(size_t person, size_t found)
{
        const struct made *a = &persons[person], *b = &persons[found];
        return a->family == b->family && a->given == b->given && a->year == b->year && a->month == b->month &&
               a->day == b->day;
}

static void measure(const struct way *way)
{
        static struct identity_keys keys;
        static size_t seen[PERSONS];
        size_t asked = 0, right = 0, wrong = 0;
        for (size_t i = 0; i < PERSONS; i += 20) {
                bool is_found = false;
                identity_keys_asked(way->write(&persons[i]), &keys);
                asked++;
                for (size_t n = 0; n < keys.count; n++) {
                        struct held_key wanted;
                        memcpy(wanted.text, keys.at[n].text, KEY_TEXT_SIZE);
                        struct held_key *at = bsearch(&wanted, held, held_count, sizeof(*held), by_text);
                        while (at != NULL && at > held && by_text(at - 1, &wanted) == 0)
                                at--;
                        for (; at != NULL && at < held + held_count && by_text(at, &wanted) == 0; at++) {
                                if (seen[at->person] == i + 1)
                                        continue;
                                seen[at->person] = i + 1;
                                if (is_she(i, at->person))
                                        is_found = true;
                                else
                                        wrong++;
                        }
                }
                right += is_found;
                arena_reset(&arena);
        }
        memset(seen, 0, sizeof(seen));
        double recall = (double)right / (double)asked, precision = (double)right / (double)(right + wrong);
        print_message("%-18s recall %.4f precision %.4f\n", way->name, recall, precision);
        assert_true(recall >= way->recall_min && precision >= way->precision_min);
}

static void test_recall_and_precision(void **state)
{
        (void)state;
        make_persons();
        for (size_t i = 0; i < ARRAY_SIZE(ways); i++)
                measure(&ways[i]);
        free(held);
}

static int teardown(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_spelling),
                cmocka_unit_test(test_particles),
                cmocka_unit_test(test_married_and_birth_name),
                cmocka_unit_test(test_given_names),
                cmocka_unit_test(test_day_and_month_that_changed_places),
                cmocka_unit_test(test_births_that_are_not_known_whole),
                cmocka_unit_test(test_one_name),
                cmocka_unit_test(test_names_of_all_kinds_make_keys),
                cmocka_unit_test(test_recall_and_precision),
        };
        return cmocka_run_group_tests(tests, NULL, teardown);
}
