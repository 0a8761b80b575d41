/* path.h: where in a message one is, for refusals: "calibration.labourShare", "record.contractors[2].value".
 * The links lie on the stack of whoever walks the message; nothing is written until path_format() is called. */
#ifndef COMMON_CODEC_PATH_H
#define COMMON_CODEC_PATH_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

enum { PATH_TEXT_SIZE = 96, PATH_NAME_SIZE = 64 };

struct path {
        const struct path *parent; /* NULL: a field of the message itself */
        const char *name;          /* as in the proto file; NULL: an element, told by `index`, of its parent */
        long index;
};

/* The field that a path of names begins with ("contractors.siret"), NULL: there is none, or no type. *ret_rest: what
 * follows the dot; NULL: nothing does. */
const ProtobufCFieldDescriptor *path_field(const ProtobufCMessageDescriptor *type, const char *path,
                                           const char **ret_rest);

/* "labour_share" -> "labourShare". A longer name than fits is cut. */
void path_json_name(const char *proto_name, char ret_name[PATH_NAME_SIZE]);
/* The same for a whole path, in place: "identity.family_name" -> "identity.familyName". */
void path_to_json(char *path);
/* "" where path is NULL. A path that does not fit is cut. */
void path_format(const struct path *path, char ret_text[PATH_TEXT_SIZE]);

#endif
