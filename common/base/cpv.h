/* cpv.h: codes of the common procurement vocabulary: eight digits, and a check digit that may follow a hyphen.
 * Spreadsheets and number types take the zero off the front of what begins with one (agriculture, energy): it is put
 * back where the code is then one, and nowhere else. One rule for all that reads a code: published contracts, cells of
 * lists, rows kept from before. Source: règlement (CE) 213/2008, annexe I. */
#ifndef COMMON_BASE_CPV_H
#define COMMON_BASE_CPV_H

enum { CPV_DIGITS = 8, CPV_TEXT_SIZE = CPV_DIGITS + 3 };

/* CPV_NONE: it is no code, of no division; what is unknown is never another division's. */
enum cpv_form { CPV_NONE, CPV_WHOLE, CPV_ZERO_ADDED };

/* `text`: digits, perhaps "-" and a check digit. *ret_cpv is untouched by CPV_NONE. */
enum cpv_form cpv_read(const char *text, char ret_cpv[CPV_TEXT_SIZE]);

#endif
