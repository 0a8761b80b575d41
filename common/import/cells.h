/* cells.h: the cells of lists that people keep in spreadsheets, as they write them, brought to quantities: "1,2 M€",
 * "2 ans", "T2 2027", "35h30". Pure; takes any bytes up to the first zero without harm. False: not understood, *ret
 * untouched. Called by the daemons that take lists (row_reading.h) and the fuzzers. */
#ifndef COMMON_IMPORT_CELLS_H
#define COMMON_IMPORT_CELLS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/cpv.h"
#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/base/text.h"

enum {
        CELL_CPV_SIZE = CPV_TEXT_SIZE,
        CELL_YEAR_MIN = 2000,
        CELL_DAY_YEAR_MIN = 1900,
        CELL_YEAR_MAX = 2100,
        CELL_MONTHS_MAX = 1200
};

/* "1 200 000 €", "1.200.000,00 € HT", "1,2 M€", "350 k€", "1200000.0". With tax ("TTC"), ranges, shares ("10 %") and
 * negative amounts are not understood. One separator with three digits behind it is of thousands, unless a multiple
 * follows. */
bool cell_amount(const char *text, struct money *ret);

/* "24", "24 mois", "2 ans", "1,5 an", "2 ans et 6 mois", "6 semaines", "90 jours", "1 an reconductible 3 fois" (48).
 * Begun months count. */
bool cell_months(const char *text, uint32_t *ret);

/* "15/03/2027", "2027-03-15", "03/2027", "2027-03", "mars 2027", "15 mars", "T2 2027", "2e trimestre", "S1 2027",
 * "2027": the first day of what is told; `year` where none is told. */
bool cell_launch(const char *text, uint32_t year, struct day *ret);
/* A spreadsheet's number of a day, "46463", with or without a time ("46463.75"). */
bool cell_day_number(const char *text, struct day *ret);

/* "12/03/1987", "1987-03-12", "12 mars 1987", a spreadsheet's number: a day told whole, its year by four digits. */
bool cell_day(const char *text, struct day *ret);

/* "45000000-7", "45 00 00 00", "45000000-7 Travaux de construction"; a lost zero is put back (cpv.h). */
bool cell_cpv(const char *text, char ret_cpv[CELL_CPV_SIZE]);

/* "3", "3 lots", "lot unique", "non" (1), "oui" (0: how many is not told). */
bool cell_lots(const char *text, uint32_t *ret);

/* "2", "Lot 2", "lot n° 02 - gros œuvre", "lot unique" (1): which lot, 1 to 999. What else is said of it is left. */
bool cell_lot(const char *text, uint32_t *ret);

/* "oui", "x", "non"… */
bool cell_yes_no(const char *text, bool *ret);

/* "151,67", "151.67 h", "35h30", "7:30". Hundredths of an hour, rounded. A sign or a range is not understood. */
bool cell_hours(const char *text, struct hours *ret);

/* Of months or years, so that groups of thousands are understood, and come first: "1 820", "12.500", "1 000,5 h"; else
 * as cell_hours(). */
bool cell_hours_in_all(const char *text, struct hours *ret);

/* "11/2026", "2026-11", "novembre 2026", "nov-26", "01/11/2026", a spreadsheet's number of a day. The year must
 * be told. */
bool cell_month(const char *text, struct month *ret);

/* "31", "1", "031", "2a", "Haute-Garonne (31)", "31 - Haute-Garonne": the code of a department. */
bool cell_territory(const char *text, char ret_territory[TERRITORY_TEXT_SIZE]);

/* "356 000 000 00048". What is no SIRET says what became of it: a spreadsheet writes a number of 14 digits as
 * "3,56E+13", which has lost the others, and takes a zero off the front: put back where both keys then hold. */
enum { CELL_SIRET_SIZE = 15 };
enum cell_siret {
        CELL_SIRET_GOOD,
        CELL_SIRET_EXPONENT,
        CELL_SIRET_ZERO_LOST,
        CELL_SIRET_WRONG_KEY,
        CELL_SIRET_OTHER,
};
enum cell_siret cell_siret(const char *text, char ret_siret[CELL_SIRET_SIZE]);

#endif
