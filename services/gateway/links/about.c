#include "services/gateway/links/about.h"

#include <jansson.h>
#include <string.h>

static const struct {
        const char *key, *label;
} rows[ABOUT_COUNT] = {
        [ABOUT_PUBLISHER] = {"publisher", "Éditeur"},
        [ABOUT_PUBLISHER_ADDRESS] = {"publisher_address", "Adresse"},
        [ABOUT_PUBLISHER_CONTACT] = {"publisher_contact", "Contact"},
        [ABOUT_DIRECTOR] = {"director", "Directeur ou directrice de la publication"},
        [ABOUT_HOST] = {"host", "Hébergeur"},
        [ABOUT_HOST_ADDRESS] = {"host_address", "Adresse"},
        [ABOUT_HOST_CONTACT] = {"host_contact", "Contact"},
        [ABOUT_CONTROLLER] = {"controller", "Responsable du traitement"},
        [ABOUT_OFFICER_CONTACT] = {"data_protection_officer", "Délégué à la protection des données"},
        [ABOUT_ACCESSIBILITY_CONTACT] = {"accessibility_contact", "Contact pour l’accessibilité"},
        [ABOUT_HELP_CONTACT] = {"help_contact", "Assistance"},
        [ABOUT_HELP_HOURS] = {"help_hours", "Horaires"},
};

const char *about_key(enum about_what what)
{
        return rows[what].key;
}

const char *about_label(enum about_what what)
{
        return rows[what].label;
}

static int read_one(const char *key, const json_t *value, struct arena *arena, struct about *ret, struct err_info *info)
{
        const char *text = json_string_value(value);
        for (size_t i = 0; i < ABOUT_COUNT; i++) {
                if (strcmp(rows[i].key, key) != 0)
                        continue;
                if (text == NULL || text[0] == '\0' || strlen(text) > ABOUT_TEXT_MAX)
                        return err_set(info, ERR_CONFIG, "about: \"%.60s\" must be a text of 1 to %d bytes", key,
                                       ABOUT_TEXT_MAX);
                ret->texts[i] = arena_text(arena, text);
                return 0;
        }
        return err_set(info, ERR_CONFIG, "about: \"%.60s\" is no such member: docs/RUNBOOK.md lists them", key);
}

int about_load(const char *path, struct arena *arena, struct about *ret, struct err_info *info)
{
        json_error_t error;
        const char *key;
        json_t *value;
        int err = 0;
        *ret = (struct about){{NULL}};
        if (path == NULL || path[0] == '\0')
                return 0;
        json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
        if (!json_is_object(json)) {
                json_decref(json);
                return err_set(info, ERR_CONFIG, "about: %.200s holds no JSON object: %.100s", path, error.text);
        }
        json_object_foreach (json, key, value) {
                if (err == 0)
                        err = read_one(key, value, arena, ret, info);
        }
        json_decref(json);
        return err;
}
