/* describe_text.h: a method in French, for whoever is about to ask it: what it does, who may, its fields with their
 * meaning, limits and values, an example. All of it is from proto/, the field rules, the lists of codes, the French
 * names and the pages of docs/: nothing is written here by hand. */
#ifndef SERVICES_CTL_DESCRIBE_TEXT_H
#define SERVICES_CTL_DESCRIBE_TEXT_H

#include "common/base/day.h"
#include "common/codec/catalogue.h"
#include "common/codec/codes.h"

/* `codes`: NULL: lists are named, their codes are not. */
void describe_method(const char *qualified_name, const struct catalogue_method *method, const struct code_lists *codes,
                     struct day today);

#endif
