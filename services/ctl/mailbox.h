/* mailbox.h: the mails of a demo region, read as the one who got them would: a maildir that a local mail server fills
 * (scripts/run, tests). */
#ifndef SERVICES_CTL_MAILBOX_H
#define SERVICES_CTL_MAILBOX_H

#include <stdbool.h>

#include "common/base/attr.h"

enum { MAILBOX_CODE_SIZE = 16 };

/* The code of eight digits in the newest mail to `address` that carries one. False: no such mail, or no such maildir.
 */
bool mailbox_find_code(const char *maildir, const char *address, char ret_code[MAILBOX_CODE_SIZE]) ATTR_MUST_CHECK;

#endif
