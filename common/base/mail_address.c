#include "common/base/mail_address.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

static bool local_part_valid(const char *local, size_t size)
{
        if (size == 0 || size > 64 || local[0] == '.' || local[size - 1] == '.')
                return false;
        for (size_t i = 0; i < size; i++) {
                if (!isalnum((unsigned char)local[i]) && strchr("!#$%&'*+-/=?^_`{|}~.", local[i]) == NULL)
                        return false;
                if (local[i] == '.' && local[i + 1] == '.')
                        return false;
        }
        return true;
}

/* Labels of letters, digits and inner hyphens, joined by single dots. */
static bool domain_valid(const char *domain)
{
        char before = '.';
        for (const char *at = domain; *at != '\0'; before = *at++) {
                bool joins = *at == '.' || *at == '-';
                if (!isalnum((unsigned char)*at) && !joins)
                        return false;
                if (joins && (before == '.' || (before == '-' && *at == '.')))
                        return false;
        }
        return before != '.' && before != '-';
}

bool mail_address_valid(const char *address)
{
        const char *at = strchr(address, '@');
        return at != NULL && strlen(address) <= MAIL_ADDRESS_BYTES_MAX &&
               local_part_valid(address, (size_t)(at - address)) && domain_valid(at + 1);
}
