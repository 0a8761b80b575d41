#include "services/gateway/oidc/provider.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/text.h"
#include "services/gateway/oidc/address.h"

enum { SECRET_MAX = 512, FILE_MAX = 64 * 1024, TEXT_MAX = 1024 };

static const char *const alg_names[] = {[OIDC_RS256] = "RS256", [OIDC_ES256] = "ES256"};

const char *oidc_alg_name(enum oidc_alg alg)
{
        return alg_names[alg];
}

/* ---- reading */

/* One entry of the file. The first thing that is wrong is told; what is read behind it does not count. */
struct reading {
        json_t *entry;
        const struct oidc_provider *provider; /* whose name messages give */
        const char *file;                     /* whose directory relative paths are of */
        struct arena *arena;
        struct err_info *info;
        int err;
};

#define WRONG(reading, key, ...) wrong(reading, key, arena_printf((reading)->arena, __VA_ARGS__))

static void wrong(struct reading *reading, const char *key, const char *text)
{
        if (reading->err != 0)
                return;
        const char *name = reading->provider->name;
        reading->err = err_set(reading->info, ERR_CONFIG, "oidc: %s: \"%s\" %s", name == NULL ? "?" : name, key, text);
}

/* `otherwise` NULL: it must be there. */
static const char *text_of(struct reading *reading, const char *key, const char *otherwise)
{
        const json_t *value = json_object_get(reading->entry, key);
        if (value == NULL && otherwise != NULL)
                return otherwise;
        const char *text = json_string_value(value);
        if (value == NULL)
                WRONG(reading, key, "is missing; docs/RUNBOOK.md says what it holds");
        else if (text == NULL || text[0] == '\0' || strlen(text) != json_string_length(value) ||
                 strlen(text) > TEXT_MAX)
                WRONG(reading, key, "is not a text of 1 to %d bytes", TEXT_MAX);
        return text == NULL ? "" : arena_text(reading->arena, text);
}

static bool flag_of(struct reading *reading, const char *key, bool otherwise)
{
        const json_t *value = json_object_get(reading->entry, key);
        if (value != NULL && !json_is_boolean(value))
                WRONG(reading, key, "is neither true nor false");
        return value == NULL ? otherwise : json_is_true(value);
}

static size_t choice_of(struct reading *reading, const char *key, const char *const *names, size_t otherwise)
{
        const char *text = text_of(reading, key, names[otherwise]);
        const char *all = "";
        for (size_t i = 0; names[i] != NULL; i++) {
                if (strcmp(names[i], text) == 0)
                        return i;
                all = arena_printf(reading->arena, "%s%s%s", all, i > 0 ? ", " : "", names[i]);
        }
        WRONG(reading, key, "is none of %s", all);
        return otherwise;
}

static size_t texts_of(struct reading *reading, const json_t *list, const char *key, const char **ret, size_t max)
{
        if (list != NULL && (!json_is_array(list) || json_array_size(list) > max))
                WRONG(reading, key, "is not a list of at most %zu texts", max);
        size_t count = json_array_size(list) > max ? 0 : json_array_size(list);
        for (size_t i = 0; i < count; i++) {
                const char *text = json_string_value(json_array_get(list, i));
                if (text == NULL || text[0] == '\0' || strlen(text) > TEXT_MAX)
                        WRONG(reading, key, "holds something that is not a text");
                ret[i] = text == NULL ? "" : arena_text(reading->arena, text);
        }
        return count;
}

static void check_keys(struct reading *reading, json_t *object, const char *const *known)
{
        const char *key;
        json_t *value;
        json_object_foreach (object, key, value) {
                size_t i = 0;
                while (known[i] != NULL && strcmp(known[i], key) != 0)
                        i++;
                if (known[i] == NULL)
                        WRONG(reading, key, "is no key of a provider; docs/RUNBOOK.md lists them");
        }
}

/* ---- the secret */

static int open_secret(struct reading *reading, const char *path)
{
        struct stat state;
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
        if (fd < 0) {
                WRONG(reading, "client_secret_file", "names %.100s: %s", path, strerror(errno));
                return -1;
        }
        if (fstat(fd, &state) != 0 || !S_ISREG(state.st_mode))
                WRONG(reading, "client_secret_file", "names %.100s, which is not a file", path);
        else if ((state.st_mode & 0077) != 0)
                WRONG(reading, "client_secret_file", "names %.100s, which others may read: chmod 600", path);
        return fd;
}

static bool is_printable(const char *text)
{
        for (; *text != '\0'; text++)
                if (*text < ' ' || *text >= 0x7f)
                        return false;
        return true;
}

static const char *read_secret(struct reading *reading)
{
        const char *path = text_of(reading, "client_secret_file", NULL);
        char text[SECRET_MAX + 2] = "";
        if (reading->err != 0)
                return "";
        const char *slash = strrchr(reading->file, '/');
        if (path[0] != '/' && slash != NULL)
                path = arena_printf(reading->arena, "%.*s/%s", (int)(slash - reading->file), reading->file, path);
        int fd = open_secret(reading, path);
        if (fd < 0)
                return "";
        ssize_t size = read(fd, text, sizeof(text) - 1);
        (void)close(fd);
        text[size < 0 ? 0 : size] = '\0';
        text[strcspn(text, "\r\n")] = '\0';
        if (text[0] == '\0' || strlen(text) > SECRET_MAX || !is_printable(text))
                WRONG(reading, "client_secret_file",
                      "names %.100s, whose first line is not a secret of 1 to %d printable letters", path, SECRET_MAX);
        return arena_text(reading->arena, text);
}

/* ---- one provider */

/* What its documentation asks for: docs/decisions/0079. */
#define PROCONNECT_CLAIMS "{\"id_token\":{\"amr\":null}}"
static const char *const proconnect_acr[] = {"eidas2", "eidas3",
                                             "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
                                             "https://proconnect.gouv.fr/assurance/consistency-checked-2fa"};

static bool is_name(const char *text)
{
        size_t size = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
        return size > 0 && size <= 32 && text[size] == '\0';
}

static void read_origins(struct reading *reading, struct oidc_provider *ret)
{
        const char *more[OIDC_ORIGINS_MAX - 1];
        const char *own = address_origin(ret->issuer, reading->arena);
        if (own == NULL || strchr(ret->issuer, '?') != NULL)
                WRONG(reading, "issuer", "is not an address like https://connect.example.fr (http on 127.0.0.1 alone)");
        ret->origins[ret->origin_count++] = own;
        size_t count = texts_of(reading, json_object_get(reading->entry, "origins"), "origins", more, ARRAY_SIZE(more));
        for (size_t i = 0; i < count; i++) {
                const char *origin = address_origin(more[i], reading->arena);
                if (origin == NULL || strcmp(origin, more[i]) != 0)
                        WRONG(reading, "origins", "holds what is not an origin like https://keys.example.fr");
                ret->origins[ret->origin_count++] = origin;
        }
}

static void read_second_factor(struct reading *reading, bool is_proconnect, struct oidc_provider *ret)
{
        static const char *const known[] = {"acr", "amr", NULL};
        json_t *object = json_object_get(reading->entry, "second_factor");
        if (object == NULL && is_proconnect) {
                for (size_t i = 0; i < ARRAY_SIZE(proconnect_acr); i++)
                        ret->acr[ret->acr_count++] = proconnect_acr[i];
                ret->amr[ret->amr_count++] = "mfa";
                return;
        }
        if (object != NULL && !json_is_object(object))
                WRONG(reading, "second_factor", "is not {\"acr\": […], \"amr\": […]}");
        check_keys(reading, object, known);
        ret->acr_count = texts_of(reading, json_object_get(object, "acr"), "acr", ret->acr, OIDC_FACTORS_MAX);
        ret->amr_count = texts_of(reading, json_object_get(object, "amr"), "amr", ret->amr, OIDC_FACTORS_MAX);
}

static const char *read_claims(struct reading *reading, const char *otherwise)
{
        const json_t *value = json_object_get(reading->entry, "claims");
        if (value == NULL)
                return otherwise;
        if (!json_is_object(value)) {
                WRONG(reading, "claims", "is not an object like {\"id_token\": {\"amr\": null}}");
                return otherwise;
        }
        char *text = json_dumps(value, JSON_COMPACT | JSON_ENSURE_ASCII);
        const char *kept = text == NULL || strlen(text) > TEXT_MAX ? NULL : arena_text(reading->arena, text);
        if (kept == NULL)
                WRONG(reading, "claims", "is longer than %d bytes", TEXT_MAX);
        free(text);
        return json_object_size(value) == 0 ? NULL : kept; /* {}: not even what the profile asks */
}

static void check_return(struct reading *reading, const struct oidc_provider *provider)
{
        const char *origin = address_origin(provider->redirect_uri, reading->arena);
        const char *wanted =
                origin == NULL ? "" : arena_printf(reading->arena, "%s/v1/oidc/%s/callback", origin, provider->name);
        if (origin == NULL || strcmp(wanted, provider->redirect_uri) != 0)
                WRONG(reading, "redirect_uri", "is not this gateway's own https://HOST/v1/oidc/%s/callback",
                      provider->name);
}

static bool has_openid(const char *scope)
{
        for (const char *at = scope; *at != '\0';) {
                size_t length = strcspn(at, " ");
                if (length == 6 && memcmp(at, "openid", 6) == 0)
                        return true;
                at += length + strspn(at + length, " ");
        }
        return false;
}

static const char *const keys[] = {
        "name",         "label",          "profile", "issuer",        "client_id", "client_secret_file",
        "redirect_uri", "scope",          "claims",  "alg",           "pkce",      "userinfo",
        "client_auth",  "identity_claim", "origins", "second_factor", NULL};

static int read_provider(struct reading reading, struct oidc_provider *ret)
{
        static const char *const profiles[] = {"generic", "proconnect", NULL};
        static const char *const userinfos[] = {"none", "json", "jwt", NULL};
        static const char *const auths[] = {"basic", "post", NULL};
        static const char *const algs[] = {"RS256", "ES256", NULL};

        *ret = (struct oidc_provider){0};
        reading.provider = ret;
        const char *name = text_of(&reading, "name", NULL);
        if (!is_name(name))
                WRONG(&reading, "name", "is not 1 to 32 of a-z 0-9 -");
        ret->name = name;
        check_keys(&reading, reading.entry, keys);
        (void)text_of(&reading, "profile", NULL);
        bool is_proconnect = choice_of(&reading, "profile", profiles, 0) == 1;
        ret->label = text_of(&reading, "label", is_proconnect ? "ProConnect" : NULL);
        ret->issuer = text_of(&reading, "issuer", NULL);
        ret->client_id = text_of(&reading, "client_id", NULL);
        ret->redirect_uri = text_of(&reading, "redirect_uri", NULL);
        ret->scope = text_of(&reading, "scope", is_proconnect ? "openid email idp_id" : "openid email");
        ret->claims = read_claims(&reading, is_proconnect ? PROCONNECT_CLAIMS : NULL);
        ret->identity_claim = text_of(&reading, "identity_claim", is_proconnect ? "idp_id" : "");
        ret->alg = (enum oidc_alg)choice_of(&reading, "alg", algs, 0);
        ret->userinfo = (enum oidc_userinfo)choice_of(&reading, "userinfo", userinfos, is_proconnect ? 2 : 0);
        ret->pkce = flag_of(&reading, "pkce", !is_proconnect);
        ret->secret_in_body = choice_of(&reading, "client_auth", auths, is_proconnect ? 1 : 0) == 1;
        read_origins(&reading, ret);
        read_second_factor(&reading, is_proconnect, ret);
        if (!has_openid(ret->scope))
                WRONG(&reading, "scope", "does not hold the word openid");
        check_return(&reading, ret);
        ret->client_secret = read_secret(&reading);
        return reading.err;
}

/* ---- the file */

static int read_all(const char *path, json_t *root, struct arena *arena, struct oidc_providers *ret,
                    struct err_info *info)
{
        json_t *list = json_object_get(root, "providers");
        if (json_object_size(root) != 1 || !json_is_array(list) || json_array_size(list) == 0 ||
            json_array_size(list) > OIDC_PROVIDERS_MAX)
                return err_set(info, ERR_CONFIG, "oidc: the file is not {\"providers\": [1 to %d of them]}",
                               OIDC_PROVIDERS_MAX);
        for (size_t i = 0; i < json_array_size(list); i++) {
                struct oidc_provider *provider = &ret->all[ret->count];
                const struct reading reading = {
                        .entry = json_array_get(list, i), .file = path, .arena = arena, .info = info};
                int err = read_provider(reading, provider);
                if (err != 0)
                        return err;
                if (providers_find(ret, provider->name) != NULL)
                        return err_set(info, ERR_CONFIG, "oidc: %s: \"name\" stands twice; give another",
                                       provider->name);
                ret->count++;
        }
        return 0;
}

int providers_load(const char *path, struct arena *arena, struct oidc_providers *ret, struct err_info *info)
{
        json_error_t error;
        struct stat state;
        *ret = (struct oidc_providers){0};
        if (stat(path, &state) == 0 && state.st_size > FILE_MAX)
                return err_set(info, ERR_CONFIG, "oidc: %.100s is longer than %d bytes", path, FILE_MAX);
        json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
        if (root == NULL)
                return err_set(info, ERR_CONFIG, "oidc: %.100s cannot be read, line %d: %.80s", path, error.line,
                               error.text);
        int err = read_all(path, root, arena, ret, info);
        json_decref(root);
        return err;
}

const struct oidc_provider *providers_find(const struct oidc_providers *providers, const char *name)
{
        for (size_t i = 0; i < providers->count; i++)
                if (strcmp(providers->all[i].name, name) == 0)
                        return &providers->all[i];
        return NULL;
}

/* ---- what it says of itself */

char *provider_discovery_address(const struct oidc_provider *provider, struct arena *arena)
{
        size_t size = strlen(provider->issuer);
        return arena_printf(arena, "%s%s.well-known/openid-configuration", provider->issuer,
                            size > 0 && provider->issuer[size - 1] == '/' ? "" : "/");
}

static const char *endpoint(const struct oidc_provider *provider, const json_t *document, const char *member)
{
        const json_t *value = json_object_get(document, member);
        const char *address = json_string_value(value);
        if (address == NULL || strlen(address) != json_string_length(value))
                return NULL;
        for (size_t i = 0; i < provider->origin_count; i++)
                if (address_is_on(address, provider->origins[i]))
                        return address;
        return NULL;
}

const char *provider_endpoints(const struct oidc_provider *provider, const json_t *document, struct oidc_endpoints *ret)
{
        const char *issuer = json_string_value(json_object_get(document, "issuer"));
        if (issuer == NULL || strcmp(issuer, provider->issuer) != 0)
                return "issuer";
        if ((ret->authorization = endpoint(provider, document, "authorization_endpoint")) == NULL)
                return "authorization_endpoint";
        if ((ret->token = endpoint(provider, document, "token_endpoint")) == NULL)
                return "token_endpoint";
        if ((ret->jwks = endpoint(provider, document, "jwks_uri")) == NULL)
                return "jwks_uri";
        ret->userinfo = NULL;
        if (provider->userinfo != OIDC_USERINFO_NONE &&
            (ret->userinfo = endpoint(provider, document, "userinfo_endpoint")) == NULL)
                return "userinfo_endpoint";
        return NULL;
}

char *provider_authorization_address(const struct oidc_provider *provider, const struct oidc_endpoints *endpoints,
                                     const struct oidc_authorization *asked, struct arena *arena)
{
        const struct {
                const char *name;
                const char *value; /* NULL: left out. ProConnect refuses whatever it does not know */
        } parameters[] = {
                {"response_type", "code"},
                {"client_id", provider->client_id},
                {"redirect_uri", provider->redirect_uri},
                {"scope", provider->scope},
                {"state", asked->state},
                {"nonce", asked->nonce},
                {"claims", provider->claims},
                {"code_challenge", provider->pkce ? asked->challenge : NULL},
                {"code_challenge_method", provider->pkce ? "S256" : NULL},
        };
        char *address = arena_text(arena, endpoints->authorization);
        char separator = strchr(address, '?') == NULL ? '?' : '&';
        for (size_t i = 0; i < ARRAY_SIZE(parameters); i++) {
                if (parameters[i].value == NULL)
                        continue;
                address = arena_printf(arena, "%s%c%s=%s", address, separator, parameters[i].name,
                                       address_escape(parameters[i].value, arena));
                separator = '&';
        }
        return address;
}
