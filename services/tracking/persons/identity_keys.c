#include "services/tracking/persons/identity_keys.h"

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/letters.h"
#include "services/tracking/persons/birth.h"

enum { NAME_SIZE = 512, WORD_SIZE = 128, WORDS_MAX = 24, FAMILY_FORMS_MAX = 6, GIVEN_FORMS_MAX = 5 };

/* Dropped, unless nothing else is left of a name. */
static const char *const particles[] = {
        "d",   "de",  "du",  "des", "da", "do", "dos", "das", "di",    "del",  "della",  "den",  "der",
        "l",   "la",  "le",  "les", "el", "al", "ben", "ibn", "bin",   "bint", "ait",    "ould", "bent",
        "van", "von", "ter", "ten", "zu", "y",  "e",   "st",  "saint", "ste",  "sainte",
};
/* Between two names of one person. */
static const char *const between_names[] = {
        "epouse", "epse", "ep", "ne", "nee", "veuve", "vve", "divorcee", "divorce", "dite", "dit", "alias", "ou",
};
/* Typed where there is no such name. */
static const char *const no_names[] = {
        "x",     "xx",      "xxx",      "snp", "sn",  "sp",          "nc",
        "neant", "inconnu", "inconnue", "fnu", "lnu", "sans prenom", "sans nom",
};

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(words[i], word) == 0)
                        return true;
        return false;
}

/* ---- a name as words */

struct words {
        char at[WORDS_MAX][WORD_SIZE];
        size_t count;
};

static void split(const char *name, struct words *ret)
{
        char folded[NAME_SIZE];
        ret->count = 0;
        letters_fold(name, folded, sizeof(folded));
        if (is_one_of(folded, no_names, ARRAY_SIZE(no_names)))
                return;
        for (char *save = NULL, *word = strtok_r(folded, " ", &save); word != NULL && ret->count < WORDS_MAX;
             word = strtok_r(NULL, " ", &save))
                (void)snprintf(ret->at[ret->count++], WORD_SIZE, "%.*s", WORD_SIZE - 1, word);
}

/* ---- what a name may be found by: the whole of it in one word, then its words */

struct forms {
        char at[FAMILY_FORMS_MAX][WORD_SIZE];
        size_t count, max;
};

static void add_form(struct forms *forms, const char *word)
{
        if (word[0] == '\0' || forms->count == forms->max)
                return;
        for (size_t i = 0; i < forms->count; i++)
                if (strcmp(forms->at[i], word) == 0)
                        return;
        (void)snprintf(forms->at[forms->count++], WORD_SIZE, "%s", word);
}

/* From `first` up to the next word that stands between two names, or to the end: there. */
static size_t whole_name(const struct words *words, size_t first, char ret_joined[WORD_SIZE])
{
        size_t at = first, used = 0;
        ret_joined[0] = '\0';
        for (;
             at < words->count && (at == first || !is_one_of(words->at[at], between_names, ARRAY_SIZE(between_names)));
             at++) {
                int wrote = snprintf(ret_joined + used, WORD_SIZE - used, "%s", words->at[at]);
                used = used + (size_t)wrote < WORD_SIZE ? used + (size_t)wrote : WORD_SIZE - 1;
        }
        return at;
}

static void add_forms(const struct words *words, struct forms *forms)
{
        char joined[WORD_SIZE];
        for (size_t at = 0; at < words->count;) {
                at = whole_name(words, at, joined);
                add_form(forms, joined);
                at += at < words->count; /* what stands between */
        }
        for (size_t i = 0; i < words->count; i++)
                if (words->at[i][1] != '\0' && !is_one_of(words->at[i], particles, ARRAY_SIZE(particles)) &&
                    !is_one_of(words->at[i], between_names, ARRAY_SIZE(between_names)))
                        add_form(forms, words->at[i]);
}

/* ---- a whole identity */

struct read_identity {
        struct forms family, given;
        bool is_one_name_twice;
        char whole[2 * WORD_SIZE + 2]; /* both names, in one order */
        struct birth birth;
};

static void put_pair(const char *a, const char *b, char *ret, size_t size)
{
        bool in_order = strcmp(a, b) <= 0;
        (void)snprintf(ret, size, "%s %s", in_order ? a : b, in_order ? b : a);
}

static const char *first_form(const struct forms *forms)
{
        return forms->count > 0 ? forms->at[0] : "";
}

static void read_identity(const Tracking__Identity *identity, struct read_identity *ret)
{
        struct words words;
        *ret = (struct read_identity){.family = {.max = FAMILY_FORMS_MAX}, .given = {.max = GIVEN_FORMS_MAX}};
        split(identity->family_name, &words);
        add_forms(&words, &ret->family);
        split(identity->birth_name, &words);
        add_forms(&words, &ret->family);
        split(identity->given_name, &words);
        add_forms(&words, &ret->given);
        ret->birth = birth_of(identity);
        ret->is_one_name_twice = strcmp(first_form(&ret->family), first_form(&ret->given)) == 0; /* or both are so */
        put_pair(first_form(&ret->family), ret->is_one_name_twice ? "" : first_form(&ret->given), ret->whole,
                 sizeof(ret->whole));
}

/* ---- its keys */

static void add_key(struct identity_keys *keys, Tracking__Sureness sureness, const char *kind, const char *names,
                    const char *birth)
{
        struct identity_key key = {.sureness = sureness};
        if (keys->count == IDENTITY_KEYS_MAX)
                return;
        (void)snprintf(key.text, sizeof(key.text), "%s|%s|%s", kind, names, birth);
        for (size_t i = 0; i < keys->count; i++)
                if (strcmp(keys->at[i].text, key.text) == 0)
                        return;
        keys->at[keys->count++] = key;
}

/* A word of each name, in one order; `given_max`: of so many forms of the given name. */
static void add_pairs(const struct read_identity *read, struct identity_keys *keys, const struct identity_key *like,
                      size_t given_max)
{
        size_t families = read->family.count > 0 ? read->family.count : 1;
        size_t givens = read->given.count > 0 ? read->given.count : 1;
        for (size_t i = 0; i < families; i++)
                for (size_t n = 0; n < givens && n < given_max; n++) {
                        char names[2 * WORD_SIZE + 2];
                        put_pair(i < read->family.count ? read->family.at[i] : "",
                                 n < read->given.count ? read->given.at[n] : "", names, sizeof(names));
                        add_key(keys, like->sureness, (const char[]){like->text[0], '\0'}, names, like->text + 1);
                }
        if (read->is_one_name_twice)
                add_key(keys, like->sureness, (const char[]){like->text[0], '\0'}, read->whole, like->text + 1);
}

/* Of all births, known whole or not. */
static void add_same_key(const struct read_identity *read, struct identity_keys *keys)
{
        struct birth birth = read->birth;
        char day[sizeof("-2147483648-2147483648-2147483648")];
        (void)snprintf(day, sizeof(day), "%d-%d-%d", birth.year, birth.month, birth.day);
        add_key(keys, TRACKING__SURENESS__SAME_IDENTITY, "S", read->whole, day);
}

static void add_day_keys(const struct read_identity *read, struct identity_keys *keys)
{
        struct birth birth = read->birth;
        struct identity_key like = {.sureness = TRACKING__SURENESS__PROBABLE};
        (void)snprintf(like.text, sizeof(like.text), "D%d-%d-%d", birth.year,
                       birth.month < birth.day ? birth.month : birth.day,
                       birth.month < birth.day ? birth.day : birth.month);
        add_pairs(read, keys, &like, GIVEN_FORMS_MAX);
}

/* `kind`: of a whole birth (W), or of one known by its year (Y). */
static void add_year_keys(const struct read_identity *read, char kind, struct identity_keys *keys)
{
        struct identity_key like = {.sureness = TRACKING__SURENESS__POSSIBLE};
        (void)snprintf(like.text, sizeof(like.text), "%c%d", kind, read->birth.year);
        add_pairs(read, keys, &like, 2);
}

static void add_name_key(const struct read_identity *read, const char *kind, struct identity_keys *keys)
{
        add_key(keys, TRACKING__SURENESS__POSSIBLE, kind, read->whole, "");
}

void identity_keys_held(const Tracking__Identity *identity, struct identity_keys *ret)
{
        struct read_identity read;
        ret->count = 0;
        read_identity(identity, &read);
        add_same_key(&read, ret);
        if (birth_is_whole(read.birth)) {
                add_day_keys(&read, ret);
                add_year_keys(&read, 'W', ret);
        } else if (read.birth.year != 0) {
                add_year_keys(&read, 'Y', ret);
        } else {
                add_name_key(&read, "N", ret);
        }
        add_name_key(&read, "A", ret);
}

void identity_keys_asked(const Tracking__Identity *identity, struct identity_keys *ret)
{
        struct read_identity read;
        ret->count = 0;
        read_identity(identity, &read);
        add_same_key(&read, ret);
        if (read.birth.year == 0) {
                add_name_key(&read, "A", ret);
                return;
        }
        if (birth_is_whole(read.birth))
                add_day_keys(&read, ret);
        else
                add_year_keys(&read, 'W', ret);
        add_year_keys(&read, 'Y', ret);
        add_name_key(&read, "N", ret);
}
