/* file_name.h: what a file is called by whoever saves it: Content-Disposition of RFC 6266, made of a title that somebody
 * wrote. Pure. */
#ifndef SERVICES_GATEWAY_FRONT_FILE_NAME_H
#define SERVICES_GATEWAY_FRONT_FILE_NAME_H

#include "common/base/arena.h"

enum { FILE_NAME_CHARACTERS_MAX = 80 };

/* "attachment; filename=\"Contrat-de-Zo_.pdf\"; filename*=UTF-8''Contrat%20de%20Zo%C3%A9.pdf". Whatever a name of a file
 * may not hold somewhere (a control character, a separator of paths, a quote, a wildcard, a dot at its beginning) is
 * left out or replaced; without a letter left it is "document". `title`: UTF-8; `ending`: "pdf". */
const char *file_disposition(const char *title, const char *ending, struct arena *arena);

#endif
