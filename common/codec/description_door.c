#include "common/codec/description_door.h"

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/codec/json.h"
#include "common/codec/path.h"
#include "types.pb-c.h"

#define REF        "#/components/schemas/"
#define ROLE(name) (1u << TYPES__ROLE__##name)

/* ---- schemas: "name type", a "?" behind what may be left out, "[]" behind lists */

static json_t *property(const char *type, bool is_list)
{
        static const char *const plain[] = {"string", "integer", "boolean", "object"};
        json_t *schema = NULL;
        for (size_t i = 0; i < ARRAY_SIZE(plain); i++)
                if (strcmp(plain[i], type) == 0)
                        schema = json_pack("{s:s}", "type", type);
        if (schema == NULL)
                schema = json_pack("{s:s+}", "$ref", REF, type);
        return is_list ? json_pack("{s:s, s:o}", "type", "array", "items", schema) : schema;
}

/* "user string, organisation? types.Id, territories?[] string" */
static json_t *object_schema(const char *fields)
{
        json_t *properties = json_object(), *required = json_array();
        char name[64], type[64];
        for (const char *at = fields; at != NULL; at = strchr(at, ',')) {
                at += strspn(at, ", ");
                require(sscanf(at, "%63[^ ] %63[^,]", name, type) == 2);
                char *mark = strpbrk(name, "?[");
                bool is_optional = mark != NULL && *mark == '?', is_list = mark != NULL && strchr(mark, '[') != NULL;
                if (mark != NULL)
                        *mark = '\0';
                json_set_member(properties, name, property(type, is_list));
                if (!is_optional)
                        require(json_array_append_new(required, json_string(name)) == 0);
        }
        return json_pack("{s:s, s:o, s:o}", "type", "object", "properties", properties, "required", required);
}

#define WATCHERS (ROLE(FACILITATOR) | ROLE(AUDITOR) | ROLE(OPERATOR))
/* Those that may give some daemon a list. */
#define LISTERS                                                                                                        \
        (ROLE(FACILITATOR) | ROLE(COORDINATOR) | ROLE(BUYER) | ROLE(COMPANY) | ROLE(STRUCTURE) | ROLE(PRESCRIBER) |    \
         ROLE(OPERATOR))

static const struct {
        const char *name, *fields;
        uint32_t roles; /* 0: any */
} door_schemas[] = {
        {"Session", "user string, account types.Id, role types.Role, organisation? types.Id, territories?[] string, "
                    "tokenEnds types.Instant, mustEnrol? boolean, membership? types.Id, key? types.Id"},
        {"ProblemKind", "type string, title string, status integer, remedy string"},
        {"TableRow", "number integer, cells[] string", LISTERS},
        {"Table",
         "encoding string, separator string, hasMark boolean, fileHash string, header integer, "
         "rows[] TableRow",
         LISTERS},
        {"TableAnswer", "table Table", LISTERS},
        {"HealthSource", "instance? string, position? string, head? string, live? boolean", WATCHERS},
        {"HealthInstance",
         "instance string, service? string, state? string, position? string, "
         "sources?[] HealthSource",
         WATCHERS},
        {"Health", "instances?[] HealthInstance", WATCHERS},
        {"DemoRoles", "roles[] string"},
        {"SignIn", "name string, password string, code? string"},
        {"SignInLink", "address string"},
        {"NewPassword", "current? string, password string"},
        {"SignedIn", "outcome string, ends? string, mustEnrol? boolean, keyId? string"},
        {"Provider", "name string, label string, start string"},
        {"Providers", "providers[] Provider"},
        {"ProviderAddress", "address string"},
        {"ProviderCode", "code string"},
        {"OpenApi", "openapi string, info object, paths object, components object"},
};

/* ---- paths */

static const struct door_row {
        const char *path, *verb, *operation, *summary, *description;
        const char *segments[2]; /* of the path, in braces */
        const char *answer;      /* a schema; NULL: text/plain */
        const char *refused;     /* what of: "401 429", all of them problems */
        uint32_t roles;          /* 0: any account */
        bool takes_file;
        bool is_open;     /* to who has no token */
        const char *body; /* a schema of what is sent; NULL: none */
} door_rows[] = {
        {"/v1/session",
         "get",
         "session",
         "Qui je suis",
         "Le compte du jeton : son rôle, son organisation, ses "
         "territoires, et la fin du jeton.",
         {NULL},
         "Session",
         "401 429",
         0,
         false,
         false},
        {"/v1/sign-in",
         "post",
         "signIn",
         "Se connecter",
         "Nom et mot de passe, et le code du second facteur où il est demandé (« SIGN_IN_CODE » : redemandez avec "
         "lui). La session est dans un cookie qu'aucun script ne lit.",
         {NULL},
         "SignedIn",
         "400 401 403 429 503 504",
         0,
         false,
         true,
         "SignIn"},
        {"/v1/sign-in/link",
         "post",
         "signInLink",
         "Recevoir un lien de connexion",
         "Un lien d'un seul usage part à cette adresse, si un compte l'a confirmée. La réponse est la même sinon.",
         {NULL},
         NULL,
         "400 403 429",
         0,
         false,
         true,
         "SignInLink"},
        {"/v1/sign-out",
         "post",
         "signOut",
         "Oublier la session",
         "Le navigateur oublie le cookie ; la session elle-même se termine par accounts.SignOut.",
         {NULL},
         NULL,
         "403 429",
         0,
         false,
         true},
        {"/v1/demo",
         "get",
         "demoRoles",
         "Les entrées de démonstration",
         "Les rôles d'une région inventée dans lesquels un navigateur de cette machine entre d'un clic ; aucun "
         "ailleurs.",
         {NULL},
         "DemoRoles",
         "429",
         0,
         false,
         true},
        {"/v1/demo/{role}",
         "post",
         "demoEnter",
         "Entrer dans un rôle de démonstration",
         "La session est dans un cookie qu'aucun script ne lit.",
         {"role"},
         NULL,
         "403 404 429",
         0,
         false,
         true},
        {"/v1/password",
         "post",
         "password",
         "Donner ou changer son mot de passe",
         "Les autres sessions se terminent ; un jeton laisse la place à une session.",
         {NULL},
         "SignedIn",
         "400 401 403 404 429 503 504",
         0,
         false,
         false,
         "NewPassword"},
        {"/v1/oidc",
         "get",
         "providers",
         "Les fournisseurs d'identité",
         "Ceux par lesquels on peut se connecter. « start » est l'adresse où mener un navigateur ; il revient à la "
         "page, connecté, ou avec un mot qui dit pourquoi il ne l'est pas.",
         {NULL},
         "Providers",
         "429",
         0,
         false,
         true},
        {"/v1/oidc/code",
         "post",
         "providerCode",
         "Donner son code après le fournisseur d'identité",
         "Le code de son propre second facteur, où le fournisseur n'en a vu aucun. La session est dans un cookie "
         "qu'aucun script ne lit.",
         {NULL},
         "SignedIn",
         "400 401 403 429 504",
         0,
         false,
         true,
         "ProviderCode"},
        {"/v1/oidc/{provider}/bind",
         "post",
         "providerBind",
         "Lier une identité à son compte",
         "L'adresse du fournisseur où mener ce navigateur ; l'identité qu'il y montre ouvrira ce compte.",
         {"provider"},
         "ProviderAddress",
         "401 403 404 429 503",
         0,
         false,
         false},
        {"/v1/openapi.json",
         "get",
         "openapi",
         "Cette description",
         "Ce que ce compte peut demander, en OpenAPI 3.1.",
         {NULL},
         "OpenApi",
         "401 429",
         0,
         false,
         false},
        {"/v1/openapi/{service}/{Method}",
         "get",
         "openapiMethod",
         "La description d'une demande",
         "La même, d'une demande seule ; sans chemin si ce compte ne peut pas la faire.",
         {"service", "Method"},
         "OpenApi",
         "401 404 429",
         0,
         false,
         false},
        {"/v1/problems/{code}",
         "get",
         "problem",
         "Ce que veut dire un refus",
         "Le titre, le statut et le remède d'un "
         "code de refus ; c'est l'adresse que « type » donne.",
         {"code"},
         "ProblemKind",
         "404",
         0,
         false,
         true},
        {"/v1/table",
         "post",
         "table",
         "Les lignes d'un fichier de tableur",
         "Un fichier CSV ou .xlsx, de 4 Mio au "
         "plus, lu par un processus à part, devient des lignes. Rien n'est enregistré.",
         {NULL},
         "TableAnswer",
         "400 401 403 413 429 503",
         ROLE(FACILITATOR) | ROLE(COORDINATOR) | ROLE(BUYER) | ROLE(COMPANY) | ROLE(STRUCTURE) | ROLE(PRESCRIBER) |
                 ROLE(OPERATOR),
         true,
         false},
        {"/health",
         "get",
         "health",
         "L'état du réseau",
         "Chaque service, jusqu'où il sait, et qui il suit ; 503 si l'un "
         "ne sert pas, avec le même corps.",
         {NULL},
         "Health",
         "401 403 503",
         WATCHERS,
         false,
         false},
        {"/metrics",
         "get",
         "metrics",
         "Les mesures du réseau",
         "Au format de Prometheus.",
         {NULL},
         NULL,
         "401 403",
         WATCHERS,
         false,
         false},
};

static json_t *parameters(const struct door_row *row)
{
        json_t *list = json_array();
        for (size_t i = 0; i < ARRAY_SIZE(row->segments) && row->segments[i] != NULL; i++)
                require(json_array_append_new(list,
                                              json_pack("{s:s, s:s, s:b, s:{s:s}}", "name", row->segments[i], "in",
                                                        "path", "required", 1, "schema", "type", "string")) == 0);
        return list;
}

static json_t *answer(const char *description, const char *type, json_t *schema)
{
        return json_pack("{s:s, s:{s:{s:o}}}", "description", description, "content", type, "schema", schema);
}

static json_t *responses(const struct door_row *row)
{
        json_t *all = json_object();
        char status[4] = "";
        if (row->answer == NULL && strcmp(row->verb, "post") == 0)
                json_set_member(all, "204", json_pack("{s:s}", "description", "C'est fait."));
        else
                json_set_member(all, "200",
                                answer("La réponse.", row->answer != NULL ? "application/json" : "text/plain",
                                       property(row->answer != NULL ? row->answer : "string", false)));
        for (const char *at = row->refused; at != NULL; at = strchr(at, ' ')) {
                at += strspn(at, " ");
                memcpy(status, at, 3);
                bool is_health = strcmp(status, "503") == 0 && strcmp(row->operation, "health") == 0;
                json_set_member(all, status,
                                is_health ? answer("Un service au moins ne sert pas.", "application/json",
                                                   property("Health", false))
                                          : json_pack("{s:s+}", "$ref", "#/components/responses/", status));
        }
        return all;
}

static json_t *operation(const struct door_row *row)
{
        json_t *json = json_pack("{s:s, s:s, s:s, s:[s], s:o, s:o}", "operationId", row->operation, "summary",
                                 row->summary, "description", row->description, "tags", "http", "parameters",
                                 parameters(row), "responses", responses(row));
        require(json != NULL);
        if (row->is_open)
                json_set_member(json, "security", json_array());
        if (row->body != NULL)
                json_set_member(json, "requestBody",
                                json_pack("{s:b, s:{s:{s:o}}}", "required", 1, "content", "application/json", "schema",
                                          property(row->body, false)));
        if (row->takes_file)
                json_set_member(json, "requestBody",
                                json_pack("{s:b, s:{s:{s:{s:s, s:s}}}}", "required", 1, "content",
                                          "application/octet-stream", "schema", "type", "string", "format", "binary"));
        return json;
}

/* ---- files in pieces */

/* Its fields but those of a piece, one by one in the address. */
static json_t *file_parameters(const ProtobufCMessageDescriptor *input)
{
        json_t *list = json_array();
        char name[PATH_NAME_SIZE];
        for (unsigned i = 0; i < input->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &input->fields[i];
                if (strcmp(field->name, "index") == 0 || strcmp(field->name, "content") == 0)
                        continue;
                path_json_name(field->name, name);
                require(json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:{s:s}}", "name", name, "in", "query",
                                                              "required", 1, "schema", "type", "string")) == 0);
        }
        return list;
}

static void add_header(json_t *list, const char *name, const char *description)
{
        require(json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:{s:s}}", "name", name, "in", "header",
                                                      "description", description, "schema", "type", "string")) == 0);
}

static json_t *binary(void)
{
        return json_pack("{s:{s:{s:s, s:s}}}", "application/octet-stream", "schema", "type", "string", "format",
                         "binary");
}

static void put_statuses(json_t *all, const char *statuses)
{
        char status[4] = "";
        for (const char *at = statuses; at != NULL; at = strchr(at, ' ')) {
                at += strspn(at, " ");
                memcpy(status, at, 3);
                json_set_member(all, status, json_pack("{s:s+}", "$ref", "#/components/responses/", status));
        }
}

static json_t *put_operation(const struct catalogue_method *method, const char *id)
{
        json_t *parameters = file_parameters(method->method->input), *answers = json_object();
        add_header(
                parameters, "Content-Range",
                "« bytes DÉBUT-FIN/TAILLE » : l'envoi reprend là, au début d'un morceau (nextPiece fois pieceBytes).");
        json_set_member(answers, "200",
                        answer("Le morceau attendu ensuite ; autant qu'il y en a : tout est arrivé.",
                               "application/json", object_schema("nextPiece integer")));
        put_statuses(answers, "400 401 403 404 409 413 429 503 504");
        return json_pack("{s:s, s:s, s:s, s:[s], s:o, s:{s:b, s:o}, s:o}", "operationId", id, "summary",
                         "Envoie un fichier entier, que la passerelle découpe", "description",
                         "Les octets du fichier sont le corps de la demande. Ce qu'il est se reconnaît à ses premiers "
                         "octets. Interrompu, l'envoi reprend ; ce qui n'est pas terminé s'efface.",
                         "tags", "http", "parameters", parameters, "requestBody", "required", 1, "content", binary(),
                         "responses", answers);
}

static json_t *get_operation(const struct catalogue_method *method, const char *id)
{
        json_t *parameters = file_parameters(method->method->input), *answers = json_object();
        add_header(parameters, "Range", "« bytes=0-499 » : une partie seulement.");
        add_header(parameters, "If-Range", "L'ETag que vous avez : tout est renvoyé si le fichier n'est plus le même.");
        json_set_member(answers, "200", json_pack("{s:s, s:o}", "description", "Le fichier.", "content", binary()));
        json_set_member(answers, "206",
                        json_pack("{s:s, s:o}", "description", "La partie demandée.", "content", binary()));
        json_set_member(answers, "416", json_pack("{s:s}", "description", "Le fichier est plus court que cela."));
        put_statuses(answers, "400 401 403 404 409 429 503 504");
        return json_pack("{s:s, s:s, s:s, s:[s], s:o, s:o}", "operationId", id, "summary",
                         "Lit un fichier entier, ou une partie", "description",
                         "Le fichier doit avoir été ouvert d'abord, en disant pourquoi, là où son service le demande.",
                         "tags", "http", "parameters", parameters, "responses", answers);
}

void describe_file(json_t *paths, const struct catalogue_method *method)
{
        char path[256], id[256];
        bool takes = catalogue_takes_pieces(method);
        if (!takes && !catalogue_gives_pieces(method))
                return;
        (void)snprintf(path, sizeof(path), "/v1/files/%s/%s", method->service->name, method->method->name);
        (void)snprintf(id, sizeof(id), "files.%s.%s", method->service->name, method->method->name);
        json_set_member(paths, path,
                        takes ? json_pack("{s:o}", "put", put_operation(method, id))
                              : json_pack("{s:o}", "get", get_operation(method, id)));
}

/* ---- the stream */

static json_t *text_parameter(const char *name, const char *description)
{
        return json_pack("{s:s, s:s, s:s, s:{s:s}}", "name", name, "in", "query", "description", description, "schema",
                         "type", "string");
}

static void describe_stream(json_t *paths)
{
        json_t *parameters = json_array(), *answers = json_object();
        require(json_array_append_new(
                        parameters, text_parameter("boxes", "Les boîtes à suivre, séparées par des virgules : BOX_OWN, "
                                                            "BOX_INBOX, BOX_RECENT. Sans lui : toutes celles que ce "
                                                            "compte peut lire.")) == 0);
        require(json_array_append_new(parameters, text_parameter("after", "Ce qui est arrivé après cette position "
                                                                          "(Guichet-Position d'une boîte lue).")) == 0);
        add_header(parameters, "Last-Event-ID", "L'« id » du dernier événement reçu : le flux reprend derrière lui.");
        json_set_member(answers, "200",
                        json_pack("{s:s, s:{s:{s:{s:s}}}}", "description",
                                  "Des événements, chacun avec son « id ». open : {position}. notices : {notices : "
                                  "[{position, box, notice}]}. reset : {position}, trop loin derrière, relisez les "
                                  "boîtes. end : {code}, ce jeton n'ouvre plus rien, ou cette passerelle s'arrête.",
                                  "content", "text/event-stream", "schema", "type", "string"));
        put_statuses(answers, "400 401 403 429 503");
        json_set_member(paths, "/v1/stream",
                        json_pack("{s:{s:s, s:s, s:s, s:[s], s:o, s:o}}", "get", "operationId", "stream", "summary",
                                  "Ce qui arrive, à mesure", "description",
                                  "Les avis nouveaux des boîtes de ce compte, comme ces boîtes les montreraient "
                                  "(text/event-stream). Un flux coupé reprend sans perte ni répétition.",
                                  "tags", "http", "parameters", parameters, "responses", answers));
}

/* ---- */

static bool is_for(uint32_t roles, uint32_t asker)
{
        return asker == 0 || roles == 0 || (roles & asker) != 0;
}

void describe_door(json_t *paths, json_t *schemas, uint32_t asker)
{
        for (size_t i = 0; i < ARRAY_SIZE(door_schemas); i++)
                if (is_for(door_schemas[i].roles, asker))
                        json_set_member(schemas, door_schemas[i].name, object_schema(door_schemas[i].fields));
        for (size_t i = 0; i < ARRAY_SIZE(door_rows); i++)
                if (is_for(door_rows[i].roles, asker))
                        json_set_member(paths, door_rows[i].path,
                                        json_pack("{s:o}", door_rows[i].verb, operation(&door_rows[i])));
        describe_stream(paths);
}
