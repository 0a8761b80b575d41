#include "common/import/notes.h"

#include <string.h>

#include "common/codec/pb.h"

static const struct {
        const char *name;
        const char *text;
} codes[NOTE_CODES] = {
        [NOTE_NOT_JSON] = {"not_json", "ce n'est pas du JSON valide"},
        [NOTE_BARE_WORD] = {"bare_word", "un mot nu n'est pas du JSON : écrire null ou retirer la clé"},
        [NOTE_NOT_UTF8] = {"not_utf8", "des octets ne sont pas de l'UTF-8 : convertir le fichier"},
        [NOTE_ELEMENT_TOO_LARGE] = {"element_too_large", "l'élément dépasse 1 Mio"},
        [NOTE_TOO_DEEP] = {"too_deep", "l'élément imbrique plus de 64 niveaux : aucun format n'en a autant"},
        [NOTE_NOT_OBJECT] = {"not_object", "un objet { … } est attendu ici"},
        [NOTE_NOT_LIST] = {"not_list", "une liste est attendue ici ; donnée laissée de côté"},
        [NOTE_NOT_TEXT] = {"not_text", "un texte est attendu ici ; donnée laissée de côté"},
        [NOTE_FLATTENED] = {"flattened",
                            "contrat mis à plat par un outil (acheteur_id, titulaire_id…) : donner le fichier "
                            "au format réglementaire"},
        [NOTE_SEVERAL] = {"several", "plusieurs valeurs où le format en veut une ; la première est retenue"},
        [NOTE_MISSING] = {"missing", "donnée absente"},
        [NOTE_EMPTY] = {"empty", "entrée vide, laissée de côté"},
        [NOTE_SIRET_FORM] = {"siret_form", "un SIRET compte 14 chiffres"},
        [NOTE_SIRET_CHECKSUM] = {"siret_checksum", "ce SIRET ne passe pas le contrôle de clé"},
        [NOTE_SIRET_DROPPED] = {"siret_dropped", "ce SIRET ne passe pas le contrôle de clé ; laissé de côté, la source "
                                                 "en publie d'inventés"},
        [NOTE_DATE] = {"date", "ce n'est pas une date AAAA-MM-JJ du calendrier"},
        [NOTE_NUMBER] = {"number", "ce n'est pas un nombre"},
        [NOTE_NEGATIVE] = {"negative", "un nombre négatif n'est pas admis ici"},
        [NOTE_IMPLAUSIBLE] = {"implausible", "montant invraisemblable : plus de 1 000 milliards d'euros"},
        [NOTE_BELOW_MINIMUM] = {"below_minimum", "le format demande au moins 1 ; gardé tel que publié"},
        [NOTE_OUT_OF_RANGE] = {"out_of_range", "hors des bornes du format ; donnée laissée de côté"},
        [NOTE_BOOLEAN] = {"boolean", "ni vrai ni faux ; tenu pour faux"},
        [NOTE_LABEL] = {"label", "libellé inconnu du format ; laissé de côté"},
        [NOTE_CONTRADICTION] = {"contradiction", "« Pas de considération » contredit l'autre valeur publiée"},
        [NOTE_COMPANY_ID_KIND] = {"company_id_kind", "type d'identifiant d'entreprise inconnu du format"},
        [NOTE_CPV] = {"cpv", "ce n'est pas un code CPV (8 chiffres, d'une division qui existe) ; laissé de côté"},
        [NOTE_ZERO_ADDED] = {"zero_added", "un zéro s'est perdu à gauche ; rétabli : le code existe avec lui"},
        [NOTE_TOO_LONG] = {"too_long", "plus long que le format ne l'admet ; gardé entier"},
        [NOTE_CUT] = {"cut", "texte coupé à 4 096 octets"},
        [NOTE_LOST_CHARACTERS] = {"lost_characters",
                                  "caractères perdus avant la publication (U+FFFD) ; gardé tel quel"},
        [NOTE_KIND] = {"kind", "type d'organisation inconnu, et il fait partie de la clé"},
        [NOTE_SEVERAL_KINDS] = {"several_kinds", "plusieurs types d'organisation ; le premier est retenu"},
        [NOTE_TERRITORY] = {"territory", "ce n'est pas un code de département"},
        [NOTE_COORDINATES] = {"coordinates", "ce ne sont pas des coordonnées WGS 84 ; laissées de côté"},
        [NOTE_MAIL_ADDRESS] = {"mail_address",
                               "ce n'est pas une seule adresse électronique utilisable ; laissée de côté"},
        [NOTE_NAME_FROM_OFFICIAL] = {"name_from_official", "nom usuel absent ; le nom officiel est retenu"},
        [NOTE_REFUSED_AUTHORISATION] = {"refused_authorisation", "habilitation refusée à ce prescripteur"},
};

const char *note_name(enum note_code code)
{
        return codes[code].name;
}

const char *note_text(enum note_code code)
{
        return codes[code].text;
}

struct node node_root(const struct json_tree *element)
{
        return (struct node){.up = NULL, .name = "", .json = element};
}

static const struct json_tree *present(const struct json_tree *json)
{
        return tree_is(json, TREE_NULL) ? NULL : json;
}

struct node node_member(const struct node *object, const char *key)
{
        return (struct node){.up = object, .name = key, .json = present(tree_member(object->json, key))};
}

struct node node_first(const struct node *object, const char *const *keys)
{
        for (size_t i = 0; keys[i] != NULL; i++) {
                struct node member = node_member(object, keys[i]);
                if (member.json != NULL)
                        return member;
        }
        return (struct node){.up = object, .name = keys[0]};
}

struct node node_item(const struct node *list, size_t index)
{
        return (struct node){.up = list, .name = "", .index = index, .json = present(tree_item(list->json, index))};
}

static char *path_of(struct arena *arena, const struct node *at)
{
        if (at->up == NULL)
                return arena_text(arena, "");
        char *above = path_of(arena, at->up);
        if (at->name[0] == '\0')
                return arena_printf(arena, "%s[%zu]", above, at->index);
        return above[0] == '\0' ? arena_text(arena, at->name) : arena_printf(arena, "%s.%s", above, at->name);
}

/* At most NOTE_VALUE_CHARACTERS_MAX code points, then an ellipsis; control characters become blanks. */
static char *shortened(struct arena *arena, const char *text, size_t size)
{
        size_t characters = 0, end = 0;

        while (end < size && (characters < NOTE_VALUE_CHARACTERS_MAX || ((unsigned char)text[end] & 0xc0) == 0x80)) {
                characters += ((unsigned char)text[end] & 0xc0) != 0x80;
                end++;
        }
        char *copy = arena_printf(arena, "%.*s%s", (int)end, text, end < size ? "…" : "");
        for (char *c = copy; *c != '\0'; c++)
                if ((unsigned char)*c < ' ')
                        *c = ' ';
        return copy;
}

/* As the file has it, on one line: the blanks between its parts go. */
static char *raw_of(struct arena *arena, const struct json_tree *json)
{
        char shown[4 * NOTE_VALUE_CHARACTERS_MAX + 8];
        size_t size = 0;
        bool in_text = false;

        for (uint32_t i = 0; i < json->raw_size && size < sizeof(shown); i++) {
                char c = json->raw[i];
                if (c == '"' && (i == 0 || json->raw[i - 1] != '\\'))
                        in_text = !in_text;
                if (in_text || strchr(" \n\r\t", c) == NULL)
                        shown[size++] = c;
        }
        return shortened(arena, shown, size);
}

static char *value_of(struct arena *arena, const struct json_tree *json)
{
        if (json == NULL)
                return arena_text(arena, "");
        return tree_is_text(json) ? shortened(arena, json->text, json->size) : raw_of(arena, json);
}

static void add_note(struct findings *found, struct note_list *list, struct note note)
{
        if (list->count >= NOTES_MAX) {
                list->untold++;
                return;
        }
        note.text = note_text(note.code);
        list->at = pb_append(list->at, &list->count, sizeof(note), found->arena);
        list->at[list->count - 1] = note;
}

static void add_at(struct findings *found, struct note_list *list, enum note_code code, const struct node *at)
{
        if (list->count >= NOTES_MAX)
                list->untold++;
        else
                add_note(found, list,
                         (struct note){.code = code,
                                       .field = path_of(found->arena, at),
                                       .value = value_of(found->arena, at->json)});
}

void note_reason(struct findings *found, enum note_code code, const struct node *at)
{
        add_at(found, &found->reasons, code, at);
}

void note_warning(struct findings *found, enum note_code code, const struct node *at)
{
        add_at(found, &found->warnings, code, at);
}

static struct note text_note(struct findings *found, enum note_code code, const char *field, const char *value)
{
        return (struct note){.code = code,
                             .field = arena_text(found->arena, field),
                             .value = shortened(found->arena, value, strlen(value))};
}

void note_reason_text(struct findings *found, enum note_code code, const char *field, const char *value)
{
        add_note(found, &found->reasons, text_note(found, code, field, value));
}

void note_warning_text(struct findings *found, enum note_code code, const char *field, const char *value)
{
        add_note(found, &found->warnings, text_note(found, code, field, value));
}
