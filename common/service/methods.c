#include <string.h>

#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/service/engine_inside.h"

int engine_find_methods(struct engine *engine, struct err_info *info)
{
        static const struct rights none;
        const struct rights *rights = engine->spec->rights == NULL ? &none : engine->spec->rights;
        for (size_t i = 0; i < engine->spec->dispatch_count; i++) {
                const struct dispatch_row *row = &engine->spec->dispatch[i];
                char *name = arena_printf(&engine->names, "%s.%s", engine->spec->name, row->method);
                struct catalogue_method found;
                if (!catalogue_method(name, &found) || found.is_command != (row->mode == MODE_COMMAND))
                        return err_set(info, ERR_CONFIG, "dispatch: %s is not a %s of proto/%s", name,
                                       row->mode == MODE_COMMAND ? "command" : "query", engine->spec->name);
                require(engine->method_count < METHODS_MAX);
                struct method *method = &engine->methods[engine->method_count++];
                *method = (struct method){name,
                                          row,
                                          found.method->input,
                                          found.method->output,
                                          {0},
                                          access_of(found.method->input),
                                          access_of(found.method->output),
                                          version_seen_field(found.method->input)};
                if (method->gives == NULL || method->shows == NULL)
                        return err_set(info, ERR_CONFIG, "dispatch: %s: nothing says who gives and reads what of it",
                                       name);
                int err = rights_of_method(rights, row->method, method->input, &method->rights, info);
                if (err != 0)
                        return err;
        }
        return rights_name_methods(rights, engine->spec->name, info);
}

const ProtobufCMessage *engine_shown(const struct method *method, const ProtobufCMessage *body,
                                     const Wire__Passport *actor, struct arena *arena)
{
        return body == NULL ? NULL : access_shown(method->shows, body, 1u << (uint32_t)actor->role, arena);
}

bool engine_refuse_held(struct refusal *ret)
{
        return refuse(ret, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                      "Ce dossier change de machine : renvoyez la même demande dans quelques instants.");
}

bool engine_has(const struct work *work, const ProtobufCMessage *request, struct refusal *ret_refusal)
{
        const struct service_spec *spec = work->engine->spec;
        return spec->is_here == NULL || spec->is_here(work, request, ret_refusal);
}

const struct method *engine_method(const struct engine *engine, const char *name)
{
        for (size_t i = 0; i < engine->method_count; i++)
                if (strcmp(engine->methods[i].name, name) == 0)
                        return &engine->methods[i];
        return NULL;
}
