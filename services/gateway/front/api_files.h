/* api_files.h: files that a daemon keeps in pieces, whole over HTTP: PUT and GET /v1/files/{service}/{Method}, for the
 * methods of the catalogue that take or give pieces. The other fields of their requests are parameters of the address;
 * what belongs in none (a title, a reason) goes with the commands before and after (BeginDocument, AttachDocument,
 * OpenDocument).
 *
 * What is put is cut as it comes: two pieces of it are here at most, and the sender waits while the daemon writes. It
 * goes on from a piece's beginning with Content-Range. What is got is read piece by piece as it is taken, and may be a
 * range. */
#ifndef SERVICES_GATEWAY_FRONT_API_FILES_H
#define SERVICES_GATEWAY_FRONT_API_FILES_H

struct visit;

enum { FILES_MAX = 32, FILES_OF_ONE = 4 }; /* under way at the same time, both ways */

void api_file_greet(struct visit *visit); /* before the body comes */
void api_file_put(struct visit *visit);   /* {"nextPiece":N}: the one that is wanted next */
void api_file_get(struct visit *visit);

#endif
