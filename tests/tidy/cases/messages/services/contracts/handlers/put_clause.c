/* put_clause: a clause on a
 * lot. Not more. */
