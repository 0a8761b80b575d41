/* words.h: the words of notices and mails: texts of a dated library (common/texts/texts.h), the file
 * deploy/rules/notice_texts.json, read once at start. The table in words.c is all that they may ever say besides their
 * own words: for each text, the fields that it may have. No field holds a person's name, a reason or an address; what
 * may not be told of a private contract (its company, site, partner) is a field without a value.
 * Who writes a notice takes the version of its day, so that a mail that is tried again says the same. */
#ifndef SERVICES_NOTIFICATIONS_WORDS_H
#define SERVICES_NOTIFICATIONS_WORDS_H

#include "common/base/day.h"
#include "common/texts/texts.h"

/* Loads and checks DIRECTORY/notice_texts.json. ERR_CONFIG, ERR_NOT_FOUND with the place; *ret is for dated_fini(). */
int words_load(const char *directory, struct dated *ret, struct err_info *info) ATTR_MUST_CHECK;

/* A text with its fields, in the arena: title and lines; `name` is one of the table's. */
struct words {
        char *title;
        char *text;
};
struct words words_merge(const Texts__TextVersion *texts, const char *name, const struct text_field *fields,
                         size_t count, struct arena *arena);

/* For tests: what stands in the table. */
extern const struct text_wanted words_wanted[];
extern const size_t words_wanted_count;

#endif
