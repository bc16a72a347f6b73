# Digest as libwww-perl speaks it: the arguments are user, password, pause, and METHOD URL for each request.
use strict;
use warnings;
use HTTP::Request;
use LWP::UserAgent;

my ($user, $password, $pause, @calls) = @ARGV;

# Whatever realm asks is given the one key there is.
package OneKey {
    our @ISA = ('LWP::UserAgent');
    sub get_basic_credentials { return ($user, $password) }
}

my $agent = OneKey->new(timeout => 20, keep_alive => 1);
for (my $first = 1; my ($method, $url) = splice(@calls, 0, 2); $first = 0) {
    select(undef, undef, undef, $pause) unless $first;
    my $request = HTTP::Request->new($method => $url);
    if ($method eq 'POST') {
        $request->header('Content-Type' => 'application/json');
        $request->content('{}');
    }
    print $agent->request($request)->code, "\n";
}
