#include "common/codec/french_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "types.pb-c.h"

enum { NAME_SIZE = 128 };

static const char *find_row(const struct french_name *rows, size_t count, const char *name)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(rows[i].name, name) == 0)
                        return rows[i].french;
        return NULL;
}

const char *french_method(const char *method)
{
        return find_row(french_methods, french_methods_count, method);
}

const char *french_value(const ProtobufCEnumDescriptor *type, int32_t value)
{
        char name[NAME_SIZE];
        const ProtobufCEnumValue *found = protobuf_c_enum_descriptor_get_value(type, value);
        if (found == NULL)
                return NULL;
        (void)snprintf(name, sizeof(name), "%s.%s", type->package_name, found->name);
        return find_row(french_values, french_values_count, name);
}

static int by_name(const void *name, const void *row)
{
        return strcmp(name, ((const struct french_name *)row)->name);
}

static const char *find_sorted(const struct french_name *rows, size_t count, const char *name)
{
        const struct french_name *row = bsearch(name, rows, count, sizeof(rows[0]), by_name);
        return row != NULL ? row->french : NULL;
}

const char *french_field(const char *field)
{
        return strcmp(field, "m") < 0 ? find_sorted(french_fields, french_fields_count, field)
                                      : find_sorted(french_fields_m, french_fields_m_count, field);
}

void french_roles(uint32_t roles, char ret_text[FRENCH_ROLES_SIZE])
{
        size_t used = 0;
        (void)snprintf(ret_text, FRENCH_ROLES_SIZE, "personne");
        roles &= ~(1u << TYPES__ROLE__SERVICE);
        for (unsigned i = 0; i < types__role__descriptor.n_values; i++) {
                const ProtobufCEnumValue *role = &types__role__descriptor.values[i];
                if ((roles & 1u << role->value) == 0 || used >= FRENCH_ROLES_SIZE)
                        continue;
                const char *french = french_value(&types__role__descriptor, role->value);
                used += (size_t)snprintf(ret_text + used, FRENCH_ROLES_SIZE - used, "%s%s (%s)", used > 0 ? ", " : "",
                                         role->name, french != NULL ? french : "?");
        }
}
