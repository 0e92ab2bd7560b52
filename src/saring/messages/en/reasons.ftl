### Why a comment gets its verdict, for those who moderate; readers never see clues.
### $side is where a clue leads: "spam" or "ham".

## The verdict in a sentence

said-ham = Published
said-unsure = Published, but a person should look
said-spam = Held as spam
said-discard = Spam so plain that the site may drop it

# $bound: "over" or "under" where the score is nearer to certainty than we ever say.
probability = { $bound ->
    [over] over { NUMBER($score, style: "percent", maximumFractionDigits: 1) }
    [under] under { NUMBER($score, style: "percent", maximumFractionDigits: 1) }
   *[exact] { NUMBER($score, style: "percent", maximumFractionDigits: 1) }
}
judged = { $said }: spam with a probability of { $probability }.
judged-for = { $said }: spam with a probability of { $probability }, mostly for { $kinds }.
settled = { $said }: { $step }.

step-asked = the client asked for this answer with one of the protocol's test values
step-administrator = an administrator of the site wrote it
step-allowlist = the site's allowlist names “{ $value }”
step-blocklist = the site's blocklist names “{ $value }”
step-honeypot = a field was filled in that people never see
step-campaign = people have said so of copies of it, or decided for all of them
step-crowd = ten or more people have posted the same within a day
step-pre_check = the page behind this pingback is read and judged next
step-other = decided by “{ $value }”

## Kinds of reasons

kind-text = its wording
kind-links = its links
kind-identity = who signed it
kind-disguise = how it is written
kind-client = how it was sent
kind-classifier = the classifier
kind-asked = a test of the client
kind-administrator = the author's role
kind-allowlist = the site's allowlist
kind-blocklist = the site's blocklist
kind-honeypot = a field that people never see
kind-campaign = what people have said of its copies
kind-crowd = how many people have posted the same
kind-reputation = what its writer posted before
kind-pre_check = the first look at a pingback
kind-other = { $value }

## Clues: wording

clue-word = { $known ->
    [yes] The word “{ $value }” often stands in { $side ->
        [spam] spam
       *[ham] real comments
    }
   *[no] The word “{ $value }” resembles words in { $side ->
        [spam] spam
       *[ham] real comments
    }
}
clue-pair = The words “{ $value }” often stand together in { $side ->
    [spam] spam
   *[ham] real comments
}
clue-sign = The sign “{ $value }” often stands in { $side ->
    [spam] spam
   *[ham] real comments
}

## Clues: letters

clue-disguise = Letters are disguised: “{ $written }” reads “{ $reads }”
clue-odd-letters = It has letters or marks that are seldom typed
clue-emoji = It has emoji
clue-cyrillic = It has Cyrillic letters
clue-greek = It has Greek letters
clue-mix = Its mix of letters, capitals, digits and signs is like that of { $side ->
    [spam] spam
   *[ham] real comments
}
clue-length = { $count ->
    [one] It is one character long
   *[other] It is { $count } characters long
}
clue-words = { $count ->
    [0] It has no words
    [one] It has one word
   *[other] It has { $count } words
}
clue-single-letters = { $count ->
    [0] No letter stands alone
    [one] One letter stands alone
   *[other] { $count } letters stand alone
}
clue-longest-word = { $count ->
    [one] Its longest word has one letter
   *[other] Its longest word has { $count } letters
}
clue-word-length = How long its words usually are
clue-repeats = { $count ->
    [0] No letter is repeated again and again
    [one] A letter is repeated again and again (aaa)
   *[other] Letters are repeated again and again (aaa)
}
clue-first = It begins with { $kind ->
    [lower] a small letter
    [upper] a capital
    [caseless] a letter
    [digit] a digit
    [blank] a blank
    [newline] a new line
    [punctuation] a punctuation mark
    [emoji] an emoji
    [cyrillic] a Cyrillic letter
    [greek] a Greek letter
   *[other] a letter or sign that is seldom typed
}
clue-last = It ends with { $kind ->
    [lower] a small letter
    [upper] a capital
    [caseless] a letter
    [digit] a digit
    [blank] a blank
    [newline] a new line
    [punctuation] a punctuation mark
    [emoji] an emoji
    [cyrillic] a Cyrillic letter
    [greek] a Greek letter
   *[other] a letter or sign that is seldom typed
}
clue-capitals = Capitals: { NUMBER($share, style: "percent", maximumFractionDigits: 0) } of its letters
clue-digits = Digits: { NUMBER($share, style: "percent", maximumFractionDigits: 0) } of the text
clue-blanks = Blanks: { NUMBER($share, style: "percent", maximumFractionDigits: 0) } of the text
clue-punctuation = Punctuation: { NUMBER($share, style: "percent", maximumFractionDigits: 0) } of the text
clue-digits-in-words = { $count ->
    [0] No word has digits in it
   *[other] Letters and digits in one word, as in “abc77”
}

## Clues: links

clue-links = { $count ->
    [0] It has no links
    [one] It has one link
   *[other] It has { $count } links
}
clue-link-share = { $count ->
    [0] None of its text is a link
   *[other] How much of its text is links
}
clue-host = Links to { $value }
clue-ending = Links to an address that ends in .{ $value }
clue-link-word = “{ $value }” in an address
clue-link-depth = How long the paths of its links are
clue-link-shortener = A link shortener hides where it leads
clue-link-number = Links to a bare number instead of a name
clue-link-punycode = Links to an address in letters of another script
clue-link-no-host = A link that leads nowhere
clue-site-host = The author's web address is at { $value }
clue-site-ending = The author's web address ends in .{ $value }
clue-site-word = “{ $value }” in the author's web address
clue-post = What other comments on this post were
clue-site-depth = How long the path of the author's web address is
clue-site-shortener = A link shortener hides where the author's web address leads
clue-site-number = The author's web address is a bare number instead of a name
clue-site-punycode = The author's web address is in letters of another script
clue-site-no-host = The author's web address leads nowhere

## Clues: who writes

clue-author = { $side ->
    [spam] The author's name “{ $value }” looks like an advertisement
   *[ham] The author's name “{ $value }” resembles names of real comments
}
clue-no-author = No name was given
clue-mail = The e-mail address is at { $value }
clue-mail-ending = The e-mail address ends in .{ $value }
clue-mail-shape = How the e-mail address is made up
clue-mail-disposable = The e-mail address is one to throw away

## Clues: how it was sent

clue-type = It was sent as “{ $value }”
clue-browser = The browser says that it is “{ $value }”
clue-language = The browser asks for the language “{ $value }”
clue-language-fits = { $value ->
    [yes] The browser asks for the site's language
    [no] The browser asks for another language than the site's
   *[other] Whether the browser's language is the site's is not known
}
clue-honeypot = A field was filled in that people never see
clue-nonce = { $value ->
    [passed] The form was fetched before it was sent
    [failed] The form was sent without being fetched
   *[other] The form's own token says “{ $value }”
}
clue-page-time = { $high ->
    [one] The form was open for a second or less
   *[other] The form was open for { $low } to { $high } seconds
}
clue-typing-time = { $high ->
    [one] It was typed in a second or less
   *[other] It was typed in { $low } to { $high } seconds
}
clue-typed = How many keys were pressed for its length
clue-hands = How mouse, keys and screen were used
clue-post-age = { $high ->
    [0] The post was not a day old
    [one] The post was a day old
   *[other] The post was { $low } to { $high } days old
}
clue-referrer = { $value ->
    [page] The form was sent from the page of the post
    [site] The form was sent from another page of the site
   *[elsewhere] The form was sent from elsewhere
}
clue-other = { $value }

## The smallest change that would have published it

change-published = It would have been published { $changes }.
change-none = { $count ->
    [0] No change was tried.
    [one] Nothing small would have published it: one change was tried.
   *[other] Nothing small would have published it: { $count } changes were tried.
}
change-link = { $count ->
    [one] without the link to { $host }
   *[other] without the { $count } links to { $host }
}
change-links = { $count ->
    [one] without its link
   *[other] without its { $count } links
}
change-site = without the author's web address { $value }
change-word = { $count ->
    [one] without the word “{ $value }”
   *[other] without the word “{ $value }”, which stands there { $count } times
}
change-words = without the words { $values }
change-phrase = without “{ $value }”
change-sentence = without the sentence “{ $value }”
change-letters = with plain letters (“{ $reads }” for “{ $written }”)
change-author = signed “{ $value }” instead of “{ $was }”
change-author-missing = signed “{ $value }”
change-mail = with an e-mail address
change-entry = without “{ $value }” in the site's blocklist
change-honeypot = without what was filled into the hidden field
change-asked = if the client had not asked for this answer

## Headings of `saring explain`

heading-written = As sent
heading-reads = Reads
heading-span = Weighed most
heading-spam = Speaks for spam
heading-ham = Speaks for a real comment
span-in-content = “{ $value }”, characters { $start } to { $end } of the comment as sent
span-in-text = “{ $value }”, characters { $start } to { $end } of the comment without its markup
gone = The comment is no longer kept, so there are no more reasons.
then = When it was checked, { DATETIME($at, dateStyle: "long", timeStyle: "medium", timeZone: "UTC") } UTC: { $said }, score { NUMBER($score, minimumFractionDigits: 4, maximumFractionDigits: 4) }, decided by { $kind }.
