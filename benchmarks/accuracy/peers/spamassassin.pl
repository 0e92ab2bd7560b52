# The Bayes classifier of SpamAssassin in one process, asked over standard input:
# a line "judge LENGTH" and a mail of so many bytes, or a line "spam" or "ham", which is
# the label of the mail that was judged last; one line comes back.
use strict;
use warnings;
use Mail::SpamAssassin;
use Mail::SpamAssassin::PerMsgStatus;

$| = 1;
binmode STDIN;
my ($folder) = @ARGV;

my $filter = Mail::SpamAssassin->new({
    dont_copy_prefs      => 1,
    local_tests_only     => 1,
    userstate_dir        => $folder,
    home_dir_for_helpers => $folder,
    config_text          => <<"END",
loadplugin Mail::SpamAssassin::Plugin::Bayes
util_rb_tld com net org info biz id ru th cn de uk example
use_bayes 1
bayes_path $folder/bayes
bayes_auto_learn 0
bayes_auto_expire 0
bayes_min_ham_num 1
bayes_min_spam_num 1
END
});
$filter->init(1);
$filter->init_learner({});
my ($bayes) = grep { $_->isa('Mail::SpamAssassin::Plugin::Bayes') }
    @{ $filter->{plugins}->{plugins} };

my $mail;
while (my $line = <STDIN>) {
    my ($what, $length) = split ' ', $line;
    if ($what eq 'judge') {
        $mail->finish if $mail;
        my $text = '';
        read(STDIN, $text, $length) == $length or die "the mail is cut short\n";
        $mail = $filter->parse(\$text, 1);
        my $status = Mail::SpamAssassin::PerMsgStatus->new($filter, $mail);
        $status->extract_message_metadata;
        my $chance = $bayes->scan($status, $mail);
        print defined $chance ? $chance : 'none', "\n";
        $status->finish;
    } else {
        my $status = $filter->learn($mail, undef, $what eq 'spam' ? 1 : 0, 0);
        print $status->did_learn ? "learned\n" : "skipped\n";
        $status->finish;
    }
}
