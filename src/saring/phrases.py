"""Phrases: names of features as a moderator would say them, in English.

A name that has no phrase is shown as it is: its family and value say enough.
"""

PHRASES = {
    "text:word": "the word “{}”",
    "text:pair": "the words “{}”",
    "text:letters": "the letters “{}”",
    "text:author_word": "“{}” in the author's name",
    "text:author_pair": "“{}” in the author's name",
    "links:domain": "a link to {}",
    "links:count": "the number of links ({})",
    "links:html": "the number of HTML links ({})",
    "links:bbcode": "the number of BBCode links ({})",
    "links:bare": "the number of bare addresses ({})",
    "links:share": "how much of the text is links",
    "links:addresses": "how much of the text is addresses",
    "links:distinct": "the number of different hosts linked ({})",
    "links:link:host": "a link to {}",
    "links:link:ending": "a link to a host in .{}",
    "links:link:word": "“{}” in a link",
    "links:link:depth": "a link with a path of {} parts",
    "links:link:shortener": "a link through a shortener",
    "links:author:host": "the author's site {}",
    "links:author:ending": "the author's site is in .{}",
    "links:author:word": "“{}” in the author's site",
    "links:author:depth": "the author's site has a path of {} parts",
    "links:author:shortener": "the author's site goes through a shortener",
    "identity:author": "the author “{}”",
    "identity:author_words": "the number of words in the author's name ({})",
    "identity:author_length": "the length of the author's name",
    "identity:author_kind": "{} letters in the author's name",
    "identity:author_case": "the author's name in {} case",
    "identity:mail": "an e-mail address at {}",
    "identity:mail_ending": "an e-mail address in .{}",
    "identity:mail_digits": "how many digits the e-mail address has",
    "identity:mail_dots": "how many dots the e-mail address has",
    "identity:mail_length": "the length of the e-mail address",
    "identity:mail_disposable": "a throw-away e-mail address",
    "identity:network": "the network {}",
    "disguise:kinds": "kinds of letters in a row: {}",
    "disguise:length": "the length of the text",
    "disguise:words": "the number of words",
    "disguise:word_length": "the usual length of its words",
    "disguise:longest_word": "the length of its longest word",
    "disguise:single_letters": "letters that stand alone",
    "disguise:repeats": "repeated letters",
    "disguise:first": "how the text begins",
    "disguise:last": "how the text ends",
    "disguise:capital_share": "the share of capitals",
    "disguise:digit_share": "the share of digits",
    "disguise:blank_share": "the share of blanks",
    "disguise:punctuation_share": "the share of punctuation",
    "disguise:decorated_share": "the share of decorated letters",
    "disguise:digits_then_words": "digits before letters inside a word",
    "disguise:words_then_digits": "digits after letters inside a word",
    "client:type": "its kind: {}",
    "client:agent": "the browser {}",
    "client:product": "a browser of the kind {}",
    "client:version": "the browser's version {}",
    "client:language": "the browser's language {}",
    "client:language_fits": "the browser's language fits the site's: {}",
}
KINDS = "the number of letters of the kind {}"


def phrase(name: str) -> str:
    """Return the name of a feature in words.

    Example:
        >>> phrase("text:word:gacor")
        'the word “gacor”'
        >>> phrase("disguise:mathematical:4")
        'the number of letters of the kind mathematical'
        >>> phrase("client:something:else")
        'client: something: else'

    """
    parts = name.split(":")
    for length in (3, 2):
        found = PHRASES.get(":".join(parts[:length]))
        if found:
            return found.format(":".join(parts[length:]))
    if parts[0] == "disguise":
        return KINDS.format(parts[1].replace("_", " "))
    return ": ".join(parts)
