/* typed.h: what a person types, brought to quantities: as JSON writes them ("0.05", "2027-03-15") and as French writes
 * them ("5 %", "1 000 000,50 €", "15/03/2027", "151h40"). Pure. False: not understood, *ret untouched; what could mean
 * two things ("1.234 €") is not understood. Called by the verbs for their options, by request_json.c for JSON. */
#ifndef SERVICES_CTL_TYPED_H
#define SERVICES_CTL_TYPED_H

#include <stdbool.h>

#include "common/base/day.h"
#include "common/base/quantity.h"

bool typed_day(const char *text, struct day *ret);     /* "15/03/2027", "15 mars 2027" */
bool typed_month(const char *text, struct month *ret); /* "11/2026", "novembre 2026" */
bool typed_hours(const char *text, struct hours *ret); /* "151h40", "151,67", "1 820 h" */
bool typed_money(const char *text, struct money *ret); /* "1 000 000 €", "82 238,50", "1,2 M€", "-500" */
bool typed_share(const char *text, struct share *ret); /* "5 %", "12,5%", "0,05" */
bool typed_decimal(const char *text, struct decimal *ret);

/* How to write one, for a complaint. */
#define TYPED_DAY   "un jour, comme 15/03/2027 ou 2027-03-15"
#define TYPED_MONTH "un mois, comme 11/2026 ou 2026-11"
#define TYPED_HOURS "des heures, comme 140, 151,67 ou 151h40"
#define TYPED_MONEY "un montant en euros, comme 1 000 000 ou 8450,20"
#define TYPED_SHARE "une part, comme 5 % ou 0,05"

#endif
