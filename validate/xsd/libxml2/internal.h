//go:build libxml2 && cgo

#ifndef RUNHIST_LIBXML2_INTERNAL_H
#define RUNHIST_LIBXML2_INTERNAL_H

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

#include "stream.h"

/* An open element. The names live in the parser's dictionary. */
typedef struct {
    const xmlChar *local;
    const xmlChar *uri;
    int line;
} frame;

struct rh_validator {
    xmlParserCtxtPtr parser;
    xmlSchemaValidCtxtPtr valid;
    xmlSchemaSAXPlugPtr plug;
    xmlSAXHandlerPtr down; /* the schema's handlers, called from ours */
    void *down_data;

    frame *stack;
    size_t depth, stack_cap;

    /* Text waits here until markup ends it: the validator appends what it is
     * given with strcat, which is quadratic for a text in many pieces. */
    xmlChar *text;
    size_t text_len, text_cap;
    int text_kind; /* 0: none, else XML_TEXT_NODE or XML_CDATA_SECTION_NODE */

    rh_limits limits;
    rh_error *errors;
    size_t kept, total;
    int place, last, stop, internal;
};

/* Keeps one error, or only counts it when there are enough. */
void rh_keep(rh_validator *v, int code, int schema, const char *msg);

/* Handlers for what libxml2 raises; data is the validator. */
void rh_on_error(void *data, xmlErrorPtr e);
void rh_on_stray(void *data, xmlErrorPtr e);
void rh_on_print(void *data, const char *msg, ...);

#endif
