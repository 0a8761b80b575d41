#include "services/gateway/links/legal.h"

#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "services/gateway/links/conformity.h"

#define PER_CENT " %"
#define UNSAID   "Non renseigné : l’exploitant de ce réseau ne l’a pas encore indiqué."

/* ---- what the operator has said */

static void put_said(struct html *html, const struct legal *legal, enum about_what what)
{
        const char *text = legal->about.texts[what];
        html_put(html, "<div><dt>%s</dt><dd>", about_label(what));
        if (text == NULL)
                html_put(html, "%s", UNSAID);
        else if (strchr(text, '@') != NULL && strchr(text, ' ') == NULL)
                html_put(html, "<a href=\"mailto:%s\">%s</a>", text, text);
        else
                html_put(html, "%s", text);
        html_put(html, "</dd></div>\n");
}

static void put_all_said(struct html *html, const struct legal *legal, enum about_what first, enum about_what last)
{
        html_put(html, "<dl>\n");
        for (int what = (int)first; what <= (int)last; what++)
                put_said(html, legal, (enum about_what)what);
        html_put(html, "</dl>\n");
}

/* A figure is no text of anybody's. */
static void put_number(struct html *html, unsigned long number)
{
        char text[24];
        (void)snprintf(text, sizeof(text), "%lu", number);
        html_put(html, "%s", text);
}

/* ---- accessibility */

static void put_state(struct html *html)
{
        html_put(html,
                 "<h2>État de conformité</h2>\n<p>Guichet est <strong>partiellement conforme</strong> au "
                 "référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1.2, en raison des "
                 "non-conformités énumérées ci-dessous.</p>\n"
                 "<h2>Résultats des tests</h2>\n<p>L’auto-évaluation menée par l’équipe du projet le " CONFORMITY_DAY
                 " révèle que ");
        put_number(html, conformity_rate());
        html_put(html, "%s", PER_CENT " des critères applicables du RGAA sont respectés (");
        put_number(html, conformity_good);
        html_put(html, " sur ");
        put_number(html, conformity_good + conformity_lacking_count);
        html_put(html, "). La grille des 106 critères accompagne le logiciel (docs/ACCESSIBILITY.md).</p>\n");
}

static void put_lacking(struct html *html)
{
        html_put(html, "<h2>Contenus non accessibles</h2>\n<h3>Non-conformités</h3>\n<ul>\n");
        for (size_t i = 0; i < conformity_lacking_count; i++)
                html_put(html, "<li>%s (critère %s).</li>\n", conformity_lacking[i].text,
                         conformity_lacking[i].criterion);
        html_put(html, "</ul>\n<h3>Dérogations pour charge disproportionnée</h3>\n<p>Aucune n’est invoquée.</p>\n"
                       "<h3>Contenus non soumis à l’obligation</h3>\n<p>Les documents que des tiers ont joints à un "
                       "dossier ou à un contrat.</p>\n");
}

static void put_how_looked(struct html *html)
{
        html_put(html,
                 "<h2>Établissement de cette déclaration</h2>\n<p>Cette déclaration a été établie le " CONFORMITY_DAY
                 ".</p>\n"
                 "<h3>Technologies</h3>\n<ul><li>HTML5</li><li>CSS</li><li>JavaScript</li><li>WAI-ARIA</li>"
                 "<li>SVG</li></ul>\n"
                 "<h3>Outils et environnement</h3>\n<ul><li>Chromium, sous Linux, de 320 à 1 280 pixels de large</li>"
                 "<li>axe-core, sur chaque page et à chaque version</li><li>parcours au clavier, rejoués à chaque "
                 "version</li><li>lecture du code</li></ul>\n<p>Aucun essai n’a encore été fait avec un lecteur "
                 "d’écran (NVDA, JAWS, VoiceOver), ni par des personnes handicapées : le résultat peut en être "
                 "changé.</p>\n"
                 "<h3>Pages vérifiées</h3>\n<ul><li>connexion</li><li>ma journée</li><li>liste des contrats</li>"
                 "<li>page d’un contrat</li><li>formulaire d’un acte</li><li>relevé d’heures</li>"
                 "<li>chiffres de la région</li><li>page d’un lien reçu par courriel</li></ul>\n");
}

static void put_accessibility(struct html *html, const struct legal *legal)
{
        const char *publisher = legal->about.texts[ABOUT_PUBLISHER];
        html_put(html,
                 "<p>%s s’engage à rendre ce service accessible, conformément à l’article 47 de la loi n° 2005-102 "
                 "du 11 février 2005. Cette déclaration s’applique à toutes les pages de ce site.</p>\n",
                 publisher == NULL ? "L’exploitant de ce réseau" : publisher);
        put_state(html);
        put_lacking(html);
        put_how_looked(html);
        html_put(html, "<h2>Retour d’information et contact</h2>\n<p>Si vous n’arrivez pas à accéder à un contenu ou "
                       "à un service, écrivez-nous : nous vous orienterons vers une alternative accessible, ou vous "
                       "donnerons le contenu sous une autre forme.</p>\n");
        put_all_said(html, legal, ABOUT_ACCESSIBILITY_CONTACT, ABOUT_ACCESSIBILITY_CONTACT);
        html_put(html,
                 "<h2>Voies de recours</h2>\n<p>Si vous constatez un défaut d’accessibilité qui vous empêche "
                 "d’accéder à un contenu ou à une fonctionnalité, que vous nous le signalez et que vous ne parvenez "
                 "pas à obtenir une réponse, vous pouvez :</p>\n<ul>\n"
                 "<li><a href=\"https://formulaire.defenseurdesdroits.fr/\">écrire un message au Défenseur des "
                 "droits</a> ;</li>\n"
                 "<li><a href=\"https://www.defenseurdesdroits.fr/carte-des-delegues\">contacter le délégué du "
                 "Défenseur des droits de votre région</a> ;</li>\n"
                 "<li>envoyer un courrier par la poste, gratuitement et sans timbre : Défenseur des droits, Libre "
                 "réponse 71120, 75342 Paris CEDEX 07.</li>\n</ul>\n");
}

/* ---- who runs it */

static void put_notice(struct html *html, const struct legal *legal)
{
        html_put(html, "<h2>Éditeur</h2>\n");
        put_all_said(html, legal, ABOUT_PUBLISHER, ABOUT_DIRECTOR);
        html_put(html, "<h2>Hébergement</h2>\n");
        put_all_said(html, legal, ABOUT_HOST, ABOUT_HOST_CONTACT);
        html_put(html,
                 "<h2>Logiciel</h2>\n<p>Guichet est un logiciel libre, sous licence Apache 2.0. Les bibliothèques "
                 "que contiennent ses pages et leurs licences : <a href=\"/LICENCES.txt\">licences</a>.</p>\n"
                 "<h2>Réutilisation</h2>\n<p>Ce qui est publié d’un marché peut être réutilisé librement, en citant "
                 "la source et sa date. Ce qui concerne une personne ou une offre ne se réutilise pas.</p>\n");
}

/* ---- data of persons */

static void put_held(struct html *html)
{
        html_put(html,
                 "<h2>Ce qui est gardé, et pourquoi</h2>\n<dl class=\"read\">\n"
                 "<div><dt>Des personnes en parcours d’insertion</dt><dd>Leur identité, leurs coordonnées, ce qui les "
                 "rend éligibles et ses preuves, leurs étapes, leurs contrats et leurs heures : pour les orienter "
                 "vers un emploi que réserve une clause sociale, et justifier ses heures auprès de l’acheteur. "
                 "L’identité et les preuves sont chiffrées par une clé propre à chaque personne, sur le serveur de "
                 "son territoire. Chaque ouverture d’un dossier laisse une trace, avec son motif. Aucun numéro de "
                 "sécurité sociale n’est demandé.</dd></div>\n"
                 "<div><dt>Des professionnels</dt><dd>Le nom et les coordonnées des référents, tuteurs, interlocuteurs "
                 "et abonnés aux alertes : pour qu’on puisse les joindre.</dd></div>\n"
                 "<div><dt>De qui a un compte</dt><dd>Son nom de compte, ses rôles, son adresse électronique, ses "
                 "connexions (réussies ou refusées, navigateur, réseau) et les fichiers qu’il a sortis : pour "
                 "protéger les dossiers. Du mot de passe il n’est gardé qu’une empreinte ; le secret du téléphone est "
                 "chiffré.</dd></div>\n"
                 "</dl>\n<p>Le traitement relève d’une mission d’intérêt public (RGPD, article 6-1-e). Aucune "
                 "décision sur une personne n’est prise par une machine seule, et rien n’est vendu.</p>\n");
}

static void put_shared(struct html *html, const struct retention *retention)
{
        html_put(html, "<h2>Avec qui c’est partagé</h2>\n");
        if (retention->sharing_count == 0) {
                html_put(html, "<p>%s</p>\n", UNSAID);
                return;
        }
        html_put(html, "<dl class=\"read\">\n");
        for (unsigned i = 0; i < retention->sharing_count; i++)
                html_put(html, "<div><dt>%s</dt><dd>%s. Fondement : %s.</dd></div>\n", retention->sharings[i].recipient,
                         retention->sharings[i].content, retention->sharings[i].basis);
        html_put(html, "</dl>\n");
}

static void put_kept(struct html *html, const struct retention *retention)
{
        html_put(html, "<h2>Combien de temps</h2>\n<dl class=\"read\">\n<div><dt>Le dossier d’une personne</dt><dd>");
        if (retention->months > 0) {
                put_number(html, retention->months);
                html_put(html, " mois après le dernier contact avec elle, il est archivé : il ne s’ouvre plus que pour "
                               "lui répondre ou traiter une réclamation. Il est effacé alors s’il n’a mené à aucun "
                               "emploi ; sinon ");
                put_number(html, retention->contract_months);
                html_put(html, " mois après la fin du dernier, le temps où l’acheteur peut devoir justifier les "
                               "heures de son marché.");
        } else {
                html_put(html, "%s", UNSAID);
        }
        html_put(html, " L’effacement détruit la clé du dossier : plus rien ne s’en lit.</dd></div>\n"
                       "<div><dt>Les connexions et les fichiers sortis</dt><dd>Une durée que l’exploitant fixe : sauf "
                       "mention contraire, un an et trois ans.</dd></div>\n"
                       "<div><dt>Un compte</dt><dd>Son adresse est effacée avec son dernier rôle ; qui a fait quel "
                       "acte reste au journal, sous le nom du compte.</dd></div>\n</dl>\n");
}

static void put_cookies(struct html *html)
{
        html_put(html,
                 "<h2>Cookies</h2>\n<p>Trois, nécessaires au service et exemptés de consentement, qu’aucun script ne "
                 "lit : la session (jusqu’à la fermeture du navigateur), ce qui distingue ce navigateur d’un autre, "
                 "pour vous "
                 "prévenir d’une connexion nouvelle (un an), et le passage chez un fournisseur d’identité (dix "
                 "minutes). "
                 "Aucune mesure d’audience, rien qui vienne d’un autre site. Ce que vous tapez sans l’envoyer reste "
                 "dans "
                 "l’onglet, et disparaît avec lui.</p>\n");
}

static void put_data(struct html *html, const struct legal *legal)
{
        put_held(html);
        put_shared(html, &legal->retention);
        put_kept(html, &legal->retention);
        put_cookies(html);
        html_put(html,
                 "<h2>Vos droits</h2>\n<p>Vous pouvez demander à accéder à vos données, à les faire rectifier ou "
                 "effacer, à en limiter le traitement, et vous y opposer. Adressez-vous à votre facilitateur, ou au "
                 "délégué à la protection des données ; une réponse vous est due dans le mois.</p>\n");
        put_all_said(html, legal, ABOUT_CONTROLLER, ABOUT_OFFICER_CONTACT);
        html_put(html,
                 "<p>Si la réponse ne vous satisfait pas, vous pouvez "
                 "<a href=\"https://www.cnil.fr/fr/plaintes\">adresser une réclamation à la CNIL</a> : 3 place de "
                 "Fontenoy, TSA 80715, 75334 Paris CEDEX 07.</p>\n");
}

/* ---- help */

static void put_help(struct html *html, const struct legal *legal)
{
        html_put(html,
                 "<h2>Se connecter</h2>\n<ul>\n"
                 "<li><strong>La première fois</strong> : par l’invitation reçue par courriel, ou par le jeton qu’on "
                 "vous a remis. Vous choisissez alors un mot de passe.</li>\n"
                 "<li><strong>Ensuite</strong> : par le nom du compte et le mot de passe ; certains rôles demandent en "
                 "plus le code d’un téléphone. Là où votre fournisseur d’identité (ProConnect…) est proposé, il "
                 "remplace "
                 "le mot de passe, une fois lié dans « Mon accès ».</li>\n"
                 "<li><strong>Mot de passe oublié</strong> : « Recevoir un lien de connexion », sur la page de "
                 "connexion, "
                 "pour les rôles qui n’exigent pas de téléphone. Sinon, ou si le téléphone est perdu, demandez à qui "
                 "vous a ouvert le compte.</li>\n"
                 "<li><strong>Un lien reçu par courriel</strong> sert une fois, sans compte. S’il n’ouvre plus rien : "
                 "<a href=\"/l/renvoi\">renvoyez-moi mon lien</a>.</li>\n</ul>\n"
                 "<h2>Au clavier</h2>\n<dl class=\"read\">\n"
                 "<div><dt>Tab, puis Entrée</dt><dd>« Aller au contenu », premier lien de chaque page, passe la "
                 "navigation</dd></div>\n"
                 "<div><dt>Ctrl et K</dt><dd>chercher un acte ou une page</dd></div>\n"
                 "<div><dt>↓ ↑, Entrée, Échap</dt><dd>dans une liste de choix : parcourir, choisir, "
                 "refermer</dd></div>\n"
                 "<div><dt>Entrée ou ↓, ↑</dt><dd>dans un relevé d’heures : ligne suivante, ligne d’avant</dd></div>\n"
                 "<div><dt>Ctrl et Entrée</dt><dd>envoyer le relevé</dd></div>\n</dl>\n"
                 "<h2>À qui demander</h2>\n<p>Pour un marché, une personne ou des heures : votre facilitateur. Pour "
                 "vos données : <a href=\"/a-propos/donnees-personnelles\">données personnelles</a>. Pour le service "
                 "lui-même :</p>\n");
        put_all_said(html, legal, ABOUT_HELP_CONTACT, ABOUT_HELP_HOURS);
}

/* ---- all of them */

static const struct {
        const char *name, *title, *link;
        void (*put)(struct html *html, const struct legal *legal);
} pages[] = {
        {"accessibilite", "Déclaration d’accessibilité", "Accessibilité : partiellement conforme", put_accessibility},
        {"mentions-legales", "Mentions légales", "Mentions légales", put_notice},
        {"donnees-personnelles", "Données personnelles", "Données personnelles", put_data},
        {"aide", "Aide et contact", "Aide et contact", put_help},
};

const char *legal_title(const char *name)
{
        for (size_t i = 0; i < ARRAY_SIZE(pages); i++)
                if (strcmp(pages[i].name, name) == 0)
                        return pages[i].title;
        return NULL;
}

void legal_put(struct html *html, const struct legal *legal, const char *name)
{
        for (size_t i = 0; i < ARRAY_SIZE(pages); i++)
                if (strcmp(pages[i].name, name) == 0)
                        pages[i].put(html, legal);
        html_put(html, "<p><a href=\"/\">Aller à Guichet</a></p>\n");
}

void legal_put_foot(struct html *html)
{
        html_put(html, "<footer><nav aria-label=\"À propos\"><ul>\n");
        for (size_t i = 0; i < ARRAY_SIZE(pages); i++)
                html_put(html, "<li><a href=\"/a-propos/%s\">%s</a></li>\n", pages[i].name, pages[i].link);
        html_put(html, "</ul></nav></footer>\n");
}
