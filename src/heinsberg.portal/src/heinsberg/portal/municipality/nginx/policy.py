"""What the proxy refuses, limits and keeps: the numbers and names, without syntax."""

#: Names that no public address answers, whatever stands before them: management
#: screens and tools of Zope and CMF, lists of people. Lower case, as regular expressions.
CLOSED_NAMES = (
    r"@(users|registration|groups|principals|userschema|database|system|addons|upgrade|email-send)",
    r"acl_users",
    r"aq_[a-z]+",
    r"browser_id_manager",
    r"caching_policy_manager",
    r"content_type_registry",
    r"control_panel",
    r"error_log",
    r"mailhost",
    r"manage",
    r"manage_[a-z0-9_]+",
    r"mimetypes_registry",
    r"page-generation",
    r"portal_[a-z_]+",
    r"raw_search",
    r"session_data_manager",
    r"temp_folder",
    r"test-rendering[a-z0-9-]*",
    r"uid_catalog",
    r"virtual_hosting",
)

#: What stands below a closed name and has to answer: where Plone sends staff to sign in.
OPEN_PATH = r"^(/[A-Za-z0-9._~-]+)*/acl_users/credentials_cookie_auth/require_login$"

#: Further names that only the common address answers, where staff works.
CLOSED_ON_DOMAINS = (
    r"@(login|login-renew|logout)",
    r"@(actions|aliases|content-rules|controlpanels|copy|history|lock|move|querystring|querystring-search"
    r"|querysources|registry|roles|rules|sharing|site|sources|transactions|types|vocabularies)",
    r"\+\+add\+\+[^/]*",
    r"edit",
    r"folder_contents",
    r"folder_factories",
    r"object_(copy|cut|paste|rename)",
    r"delete_confirmation",
    r"sharing",
)

#: Pages where people sign in or ask for a password.
LOGIN_NAMES = (
    r"@(login|login-renew)",
    r"login(_form)?",
    r"mail_password(_form)?",
    r"passwordreset",
    r"require_login",
)

#: Methods that an address answers; the others get 405.
METHODS_OWN = ("GET", "HEAD", "OPTIONS", "POST")
METHODS_COMMON = (*METHODS_OWN, "DELETE", "PATCH", "PUT")

#: Arguments of public pages that are part of a cached page's key, with the values
#: they can have; a request with any other argument is answered by the portal itself.
CACHED_ARGUMENTS = {"lang": "(de|en|nl)"}

#: Cookies of people who are signed in, or to whom a message is about to be shown.
PERSONAL_COOKIES = ("__ac", "_ZopeId", "statusmessages", "tree-s")

#: Seconds a page that the portal no longer vouches for may be shown when the portal is down
#: is bounded by this: what nobody asked for so long is removed.
CACHE_INACTIVE = "12h"
CACHE_SIZE = "2g"

LOGIN_RATE, LOGIN_BURST = "20r/m", 10
FORM_RATE, FORM_BURST = "60r/m", 20

#: Largest request body: forms of citizens, sign-in, uploads of editors (wsgi.ini allows 64 MB).
BODY_OWN = "2m"
BODY_LOGIN = "64k"
BODY_COMMON = "64m"

#: Mozilla's "intermediate" recommendation, version 5.7.
TLS_PROTOCOLS = "TLSv1.2 TLSv1.3"
TLS_CIPHERS = ":".join(
    (
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305",
        "ECDHE-RSA-CHACHA20-POLY1305",
    )
)

#: Headers set by the proxy where the portal did not: variable part, header, value.
MISSING_HEADERS = (
    ("content_security_policy", "Content-Security-Policy", "frame-ancestors 'self'; base-uri 'self'; object-src 'none'"),
    ("referrer_policy", "Referrer-Policy", "strict-origin-when-cross-origin"),
    ("x_content_type_options", "X-Content-Type-Options", "nosniff"),
    ("x_frame_options", "X-Frame-Options", "SAMEORIGIN"),
)
HSTS = "max-age=31536000"

#: Headers of a visitor that nobody behind the proxy may believe.
UNTRUSTED_HEADERS = (
    "Forwarded",
    "Proxy",
    "X-Forwarded-Host",
    "X-Forwarded-Port",
    "X-Forwarded-Prefix",
    "X-Forwarded-Server",
    "X-HTTP-Method-Override",
    "X-Method-Override",
    "X-Original-URL",
    "X-Rewrite-URL",
)

DOWN_PAGE = (
    "<!DOCTYPE html><html lang=de><meta charset=utf-8><title>Wartung</title>"
    "<meta name=viewport content='width=device-width'><h1>Das Portal ist gerade nicht erreichbar</h1>"
    "<p>Bitte versuchen Sie es in einigen Minuten noch einmal.</p>"
    "<p lang=en>The portal is not available right now. Please try again in a few minutes.</p>"
    "<p lang=nl>Het portaal is op dit moment niet bereikbaar. Probeer het over enkele minuten opnieuw.</p>"
)
BUSY_PAGE = (
    "<!DOCTYPE html><html lang=de><meta charset=utf-8><title>Zu viele Anfragen</title>"
    "<meta name=viewport content='width=device-width'><h1>Zu viele Anfragen</h1>"
    "<p>Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.</p>"
    "<p lang=en>Too many requests. Please wait a minute and try again.</p>"
    "<p lang=nl>Te veel aanvragen. Wacht een minuut en probeer het opnieuw.</p>"
)
