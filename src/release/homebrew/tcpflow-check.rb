class TcpflowCheck < Formula
  desc "What happened to every TCP connection in a packet capture"
  homepage "@release.address@"
  url "@release.downloads@/tcpflow-check-@project.version@.tar.gz"
  sha256 "@archive.sha256@"
  license "Apache-2.0"

  depends_on "openjdk"

  def install
    libexec.install "bin", "share"
    (bin/"tcpflow-check").write_env_script libexec/"bin/tcpflow-check", Language::Java.overridable_java_home_env
    man1.install_symlink libexec/"share/man/man1/tcpflow-check.1"
    bash_completion.install_symlink libexec/"share/bash-completion/completions/tcpflow-check"
    zsh_completion.install_symlink libexec/"share/zsh/site-functions/_tcpflow-check"
    fish_completion.install_symlink libexec/"share/fish/vendor_completions.d/tcpflow-check.fish"
  end

  test do
    sample = libexec/"share/tcpflow-check/samples/half-close.pcap"
    assert_match "four-segment by client", shell_output("#{bin}/tcpflow-check #{sample}")
  end
end
