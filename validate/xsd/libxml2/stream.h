//go:build libxml2 && cgo

#ifndef RUNHIST_LIBXML2_STREAM_H
#define RUNHIST_LIBXML2_STREAM_H

#include <stddef.h>

/* Where in the document an error was raised. */
enum { RH_BEFORE_ROOT = 0, RH_IN_ROOT = 1, RH_AFTER_ROOT = 2 };

/* What rh_push tells its caller. */
enum { RH_MORE = 0, RH_STOPPED = 1, RH_LIMIT = 2, RH_NO_MEMORY = 3 };

/* One collected error. The strings belong to the validator. */
typedef struct {
    int code;          /* xmlParserErrors */
    int schema;        /* raised by the schema, not by the parser */
    int line;          /* of the start tag concerned, or of the parser */
    int seen;          /* of the parser when it raised the error */
    int place;         /* RH_BEFORE_ROOT, RH_IN_ROOT or RH_AFTER_ROOT */
    int last;          /* raised after the last piece */
    int next;          /* the byte the parser stands at; -1: none left */
    int in_attribute;  /* the schema complains about an attribute */
    int is_root;       /* the element concerned is the root */
    char *element;
    char *message;
} rh_error;

/* Ceilings that keep a hostile document from taking all memory. */
typedef struct {
    size_t errors;   /* errors kept; all are counted */
    size_t message;  /* bytes of a message kept */
    size_t value;    /* bytes of one text, and of markup not yet parsed */
    size_t names;    /* bytes of distinct names */
    size_t depth;    /* open elements */
} rh_limits;

typedef struct rh_validator rh_validator;

rh_validator *rh_new(void *schema, rh_limits limits);
int rh_push(rh_validator *v, const void *data, int len, int last);
void rh_free(rh_validator *v);

/* Bytes pushed but not parsed yet. */
size_t rh_backlog(const rh_validator *v);

/* The results; rh_valid is 1 when well-formed and schema-valid. */
int rh_valid(const rh_validator *v);
int rh_internal(const rh_validator *v);
size_t rh_total(const rh_validator *v);
size_t rh_kept(const rh_validator *v);
const rh_error *rh_at(const rh_validator *v, size_t i);

/* Between begin and end, on one thread, the first error that libxml2 would
 * print is kept instead; end returns it (to be freed with free) or NULL. */
void *rh_capture_begin(void);
char *rh_capture_end(void *capture);

#endif
