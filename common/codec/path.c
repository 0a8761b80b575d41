#include "common/codec/path.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

const ProtobufCFieldDescriptor *path_field(const ProtobufCMessageDescriptor *type, const char *path,
                                           const char **ret_rest)
{
        char name[PATH_NAME_SIZE];
        size_t size = strcspn(path, ".");
        *ret_rest = path[size] == '.' ? path + size + 1 : NULL;
        if (type == NULL || size >= sizeof(name))
                return NULL;
        memcpy(name, path, size);
        name[size] = '\0';
        return protobuf_c_message_descriptor_get_field_by_name(type, name);
}

void path_to_json(char *path)
{
        char *to = path;
        bool raise = false;

        for (const char *at = path; *at != '\0'; at++) {
                if (*at == '_') {
                        raise = true;
                        continue;
                }
                *to++ = raise ? (char)toupper((unsigned char)*at) : *at;
                raise = false;
        }
        *to = '\0';
}

void path_json_name(const char *proto_name, char ret_name[PATH_NAME_SIZE])
{
        (void)snprintf(ret_name, PATH_NAME_SIZE, "%s", proto_name);
        path_to_json(ret_name);
}

/* Appends, and returns how much of the text is used then. */
static size_t append(const struct path *path, char *text, size_t size)
{
        char name[PATH_NAME_SIZE];
        int added;

        if (path == NULL)
                return 0;
        size_t used = append(path->parent, text, size);
        if (path->name == NULL) {
                added = snprintf(text + used, size - used, "[%ld]", path->index);
        } else {
                path_json_name(path->name, name);
                added = snprintf(text + used, size - used, "%s%s", used > 0 ? "." : "", name);
        }
        size_t wanted = used + (size_t)(added > 0 ? added : 0);
        return wanted < size ? wanted : size - 1;
}

void path_format(const struct path *path, char ret_text[PATH_TEXT_SIZE])
{
        ret_text[0] = '\0';
        (void)append(path, ret_text, PATH_TEXT_SIZE);
}
