/* decp_xml.h: published contracts in XML (the 2022 format's schema 2.0.2, and 2019's), one element at a time through
 * libxml2's reader. Called by decp.c only, which gives both forms one face (decp.h).
 *
 * An element becomes the same tree as its JSON twin (json_tree.h), so that one set of rules reads both: texts for all
 * values, lists where the format has lists. What has a consideration or a technique is of 2022, the rest of 2019.
 * A file that is not well-formed is read up to some hundred bytes before that place: no rule can find the next element
 * behind it, and the parser looks ahead. Nothing outside
 * the file is read: no DTD, no entity but those of XML itself. Root: <marches> of <marche> and <contrat-concession>. */
#ifndef COMMON_IMPORT_DECP_XML_H
#define COMMON_IMPORT_DECP_XML_H

#include <stdbool.h>

#include "common/base/err.h"
#include "common/base/slice.h"
#include "common/import/decp.h"

struct decp_xml;

bool decp_xml_is(struct slice start); /* the first bytes of a file: XML rather than JSON */

/* 0; -errno; ERR_MALFORMED: another root. The text must outlive the reader. */
int decp_xml_open(const char *path, struct decp_xml **ret, struct err_info *info) ATTR_MUST_CHECK;
int decp_xml_open_memory(struct slice text, struct decp_xml **ret, struct err_info *info) ATTR_MUST_CHECK;
void decp_xml_close(struct decp_xml *reader); /* accepts NULL */

/* As decp_next(). */
int decp_xml_next(struct decp_xml *reader, struct arena *arena, struct decp_item *ret,
                  struct err_info *info) ATTR_MUST_CHECK;
void decp_xml_progress(const struct decp_xml *reader, uint64_t *ret_bytes_read, uint64_t *ret_bytes_total);

#endif
